// clew decision: keeps a question, the options, the one taken, and why.
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { json, numberValue, oneOf, sessionFlag } from '../flags.ts';
import { printJson } from '../json.ts';
import { harmless } from '../render/harmless.ts';
import { decisionLines } from '../render/journal.ts';
import { print } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

const actions = ['add', 'record'] as const;

export const decision = defineCommand({
  summary: 'Record a decision',
  group: 'Record',
  positionals: [
    { name: actions.join('|'), required: true, complete: actions },
    { name: 'question', required: true },
  ],
  flags: {
    option: { help: 'An answer that was possible; give it for each', value: 'TEXT', short: 'o', many: true },
    selected: { help: 'The answer', value: 'TEXT', short: 's' },
    free: { help: 'The answer need not be one of the options' },
    rationale: { help: 'Why', value: 'TEXT' },
    confidence: { help: 'How sure, from 0 to 1', value: 'N', read: numberValue },
    alternative: { help: 'What else was thought of; give it for each', value: 'TEXT', many: true },
    issue: { help: 'The issue that it is about', value: 'ISSUE' },
    session: sessionFlag,
    json,
  },
  about:
    '`add` and `record` are the same. `clew decisions` lists them, and those that agents put to their users.',
  examples: [
    [
      'clew decision add "Which parser?" -o hand-written -o generated -s hand-written --rationale "better errors"',
      'record one',
    ],
  ],
  async run(cli, { option, alternative, session, json: asJson, ...given }, [word = '', question = '']) {
    oneOf(actions, word, 'clew decision');
    const { selected } = given;
    if (selected === undefined) throw new UsageError('the answer is missing', 'give it: --selected ANSWER');
    const clew = await cli.open();
    const told = { ...given, question, selected, options: option, alternatives: alternative };
    const kept = await clew.recordDecision(told, { session });
    if (asJson) printJson(kept);
    else print(decisionLines([harmless(kept)], viewOf(clew)));
  },
});
