// clew show: one session, turn, operation or checkpoint, whichever the id names.
import type { Clew } from '../../index.ts';
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { json } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { show as page } from '../pager.ts';
import { checkpointLines } from '../render/checkpoint-table.ts';
import { harmless } from '../render/harmless.ts';
import { operationLines } from '../render/operation.ts';
import { sessionLines } from '../render/session.ts';
import { turnLines } from '../render/turn.ts';

export const show = defineCommand({
  summary: 'Show a session, a turn, an operation or a checkpoint',
  group: 'Look',
  positionals: [{ name: 'id', required: true, complete: 'session' }],
  flags: { json },
  about:
    'The beginning of an id is enough. `clew sessions` shows those of sessions, `clew log --ids` those of turns and operations.',
  examples: [
    ['clew show 3f2a', 'the session whose id begins with 3f2a'],
    ['clew show toolu_01Xy', 'an operation, with its diff'],
    ['clew show 3f2a --json | jq .changedFiles', 'a part of it'],
  ],
  async run(cli, flags, [id = '']) {
    const clew = await openFresh(cli);
    const found = clew.find(id);
    if (flags.json) printJson(clew[found.kind](found.id));
    else await page(linesOf(clew, found));
  },
});

function linesOf(clew: Clew, { kind, id }: ReturnType<Clew['find']>): string[] {
  const view = viewOf(clew);
  if (kind === 'session') return sessionLines(harmless(clew.session(id)), view);
  if (kind === 'checkpoint') return checkpointLines(harmless(clew.checkpoint(id)), view);
  if (kind === 'operation') return operationLines(harmless(clew.operation(id)), view);
  const turn = clew.turn(id);
  return turnLines(harmless(turn), harmless(clew.session(turn.session)), view);
}
