// clew work: begin work on an issue, tell its status, end it, list it.
import type { Clew, WorkChange } from '../../index.ts';
import { viewOf } from '../cli.ts';
import type { Cli } from '../cli.ts';
import { defineCommand } from '../command.ts';
import type { FlagValues } from '../command.ts';
import { filterFlags, json, oneOf, sessionFlag } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { onlyFlags } from '../only-flags.ts';
import { printJson } from '../json.ts';
import { show } from '../pager.ts';
import { harmless } from '../render/harmless.ts';
import { workLine, workTable } from '../render/journal.ts';
import { note, print } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

const actions = ['start', 'status', 'done', 'list'] as const;
const flags = {
  rationale: { help: 'With start: why it is done', value: 'TEXT' },
  notes: { help: 'With done: how it came out', value: 'TEXT' },
  session: sessionFlag,
  issue: { help: 'With list: only work on this issue', value: 'ISSUE' },
  since: { ...filterFlags.since, help: 'With list: begun at or after this time: yesterday, 7d' },
  json,
} as const;
type Given = FlagValues<typeof flags>;

const taken: Readonly<Record<(typeof actions)[number], readonly string[]>> = {
  start: ['session', 'json', 'rationale'],
  status: ['session', 'json'],
  done: ['session', 'json', 'notes'],
  list: ['session', 'json', 'issue', 'since'],
};

export const work = defineCommand({
  summary: 'Record work on an issue: its begin, its status, its end',
  group: 'Record',
  positionals: [{ name: actions.join('|'), complete: actions }, { name: 'issue|id' }, { name: 'status' }],
  flags,
  about:
    'The session is the one in CLEW_SESSION_ID, or else the one at work in this folder; work outside of sessions is yours. `done` without a name ends the one open work of the session. Of two begins, and of two ends, the first counts.',
  examples: [
    ['clew work start bd-42 --rationale "the parser loses comments"', 'begin'],
    ['clew work status bd-42 in_review', 'what its tracker says now'],
    ['clew work done --notes "fixed, with a test"', 'end the open one'],
    ['clew work list --issue bd-42 --json', 'who worked on it, and when'],
  ],
  async run(cli, given, [word = 'list', name, status]) {
    const action = oneOf(actions, word, 'clew work');
    onlyFlags(`work ${action}`, given, taken[action]);
    const odd = action === 'list' ? name : action === 'status' ? undefined : status;
    if (odd !== undefined) throw new UsageError(`"${odd}" is one word too many`, usage[action]);
    if (action === 'list') return list(cli, given);
    const clew = await cli.open();
    const done = await record(clew, action, given, name, status);
    if (given.json) printJson(done);
    else {
      print([workLine(harmless(done), viewOf(clew))]);
      if (!done.changed) note(unchanged[action]);
    }
  },
});

const usage = {
  start: 'clew work start ISSUE',
  status: 'clew work status ISSUE STATUS',
  done: 'clew work done [ID]; words with spaces stand in quotes: --notes "so it came out"',
  list: 'clew work list --issue ISSUE',
} as const;

/** What it stood for already. */
const unchanged = {
  start: 'it was begun already: the first begin counts',
  status: 'it had this status already',
  done: 'it was done already: the first end counts',
} as const;

async function record(
  clew: Clew,
  action: 'start' | 'status' | 'done',
  { session, rationale, notes }: Given,
  name: string | undefined,
  status: string | undefined,
): Promise<WorkChange> {
  if (action === 'done') return clew.finishWork(name, { session, notes });
  if (name === undefined) throw new UsageError('<issue> is missing', usage[action]);
  if (action === 'start') return clew.startWork(name, { session, rationale });
  if (status === undefined) throw new UsageError('<status> is missing', usage[action]);
  return clew.setWorkStatus(name, status, { session });
}

async function list(cli: Cli, { issue, session, since, json: asJson }: Given): Promise<void> {
  const clew = await openFresh(cli);
  const found = clew.work({ issue, session, since });
  if (asJson) printJson(found);
  else if (found.length === 0) note('no work is recorded; `clew work start ISSUE` begins some');
  else await show(workTable(harmless(found), viewOf(clew)));
}
