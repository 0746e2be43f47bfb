// clew show: one session, turn, operation, checkpoint or commit, whichever the id names.
import type { Clew } from '../../index.ts';
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { json } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { show as page } from '../pager.ts';
import { contentLines, fileLine, filesHead } from '../render/checkpoint-files.ts';
import { commitLines } from '../render/commits.ts';
import { checkpointLines } from '../render/checkpoint-table.ts';
import { harmless } from '../render/harmless.ts';
import { operationLines } from '../render/operation.ts';
import { sessionLines } from '../render/session.ts';
import { turnLines } from '../render/turn.ts';
import { isTerminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

export const show = defineCommand({
  summary: 'Show a session, a turn, an operation, a checkpoint or a commit',
  group: 'Look',
  positionals: [
    { name: 'id', required: true, complete: 'session' },
    { name: 'path', complete: 'file' },
  ],
  flags: { files: { help: 'The files of a checkpoint' }, json },
  about:
    'The beginning of an id is enough. `clew sessions` shows those of sessions, `clew log --ids` those of turns and operations, `clew checkpoints` those of checkpoints, `clew commits` those of commits. With a checkpoint and a path, as --files lists it: what was in that file.',
  examples: [
    ['clew show 3f2a', 'the session whose id begins with 3f2a'],
    ['clew show toolu_01Xy', 'an operation, with its diff'],
    ['clew show 3f2a --json | jq .changedFiles', 'a part of it'],
    ['clew show 1a2b3c4', 'a commit, with the sessions behind it'],
    ['clew show 3ac3ff --files', 'which files there were at a checkpoint'],
    ['clew show 3ac3ff src/clock.ts', 'a file as it was then'],
  ],
  async run(cli, flags, [id = '', path]) {
    const clew = await openFresh(cli);
    const found = clew.find(id);
    if (flags.files || path !== undefined) {
      if (found.kind !== 'checkpoint')
        throw new UsageError(
          `${id} is a ${found.kind}: only checkpoints have files`,
          '`clew checkpoints` lists checkpoints',
        );
      await showFiles(clew, found.id, path, flags.json);
    } else if (flags.json) printJson(clew[found.kind](found.id));
    else await page(linesOf(clew, found));
  },
});

async function showFiles(
  clew: Clew,
  checkpoint: string,
  path: string | undefined,
  asJson: boolean,
): Promise<void> {
  const view = viewOf(clew);
  if (path === undefined) {
    const list = clew.checkpointFiles(checkpoint);
    const shown = harmless(list);
    if (asJson) printJson(list);
    else await page([filesHead(shown, view), ...shown.files.map((one) => fileLine(one, view))]);
    return;
  }
  const file = clew.checkpointFile(checkpoint, path);
  if (asJson) printJson(file);
  // For a file or a pipe, as it was.
  else if (file.text !== null && !isTerminal()) process.stdout.write(file.text);
  else await page(contentLines(harmless(file), view));
}

function linesOf(clew: Clew, { kind, id }: ReturnType<Clew['find']>): string[] {
  const view = viewOf(clew);
  if (kind === 'session') return sessionLines(harmless(clew.session(id)), view);
  if (kind === 'commit') return commitLines(harmless(clew.commit(id)), view);
  if (kind === 'checkpoint') return checkpointLines(harmless(clew.checkpoint(id)), view);
  if (kind === 'operation') return operationLines(harmless(clew.operation(id)), view);
  const turn = clew.turn(id);
  return turnLines(harmless(turn), harmless(clew.session(turn.session)), view);
}
