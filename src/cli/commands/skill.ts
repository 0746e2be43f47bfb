// clew skill: which skills were used, and to record that one was.
import { shortId } from '../../model/index.ts';
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { filterFlags, json, oneOf, sessionFlag, wholeNumber } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { onlyFlags } from '../only-flags.ts';
import { printJson } from '../json.ts';
import { show } from '../pager.ts';
import { harmless } from '../render/harmless.ts';
import { skillTable } from '../render/journal.ts';
import { note, print } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

const actions = ['use', 'list'] as const;

export const skill = defineCommand({
  summary: 'List uses of skills, or record one',
  group: 'Record',
  positionals: [{ name: actions.join('|'), complete: actions }, { name: 'name' }],
  flags: {
    'context-added': { help: 'With use: tokens that it added to the context', value: 'N', read: wholeNumber },
    issue: { help: 'With use: the issue that it was used for', value: 'ISSUE' },
    session: sessionFlag,
    since: { ...filterFlags.since, help: 'With list: used at or after this time: yesterday, 7d' },
    json,
  },
  about:
    'What agents load is found in their transcripts, with an estimate of the tokens (characters / 4) where they hold the text; `use` is for what no transcript tells.',
  examples: [
    ['clew skill', 'all uses, the latest first'],
    ['clew skill use pdf --context-added 1800 --issue bd-42', 'record one'],
    ['clew skill list pdf --since 30d --json', 'uses of one skill'],
  ],
  async run(cli, flags, [word = 'list', name]) {
    const { session, issue, since, json: asJson, ...given } = flags;
    const action = oneOf(actions, word, 'clew skill');
    onlyFlags(`skill ${action}`, flags, [
      'session',
      'json',
      ...(action === 'use' ? ['issue', 'context-added'] : ['since']),
    ]);
    if (action === 'use') {
      if (name === undefined) throw new UsageError('<name> is missing', 'clew skill use NAME');
      const clew = await cli.open();
      const use = await clew.useSkill(name, { session, issue, contextAdded: given['context-added'] });
      if (asJson) printJson(use);
      else print([`Recorded: ${harmless(use).skill}, in session ${shortId(use.session ?? '')}`]);
      return;
    }
    const clew = await openFresh(cli);
    const found = clew.skillUses({ skill: name, session, since });
    if (asJson) printJson(found);
    else if (found.length === 0) note('no use of a skill is known');
    else await show(skillTable(harmless(found), viewOf(clew)));
  },
});
