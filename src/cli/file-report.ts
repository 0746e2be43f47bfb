// Prints what an undo, a redo or a restore did, would do, or why it did nothing.
import type { Clew, FileReport } from '../index.ts';
import { viewOf } from './cli.ts';
import { printJson } from './json.ts';
import { show } from './pager.ts';
import { diffLines } from './render/diff.ts';
import { harmless } from './render/harmless.ts';
import { many } from './render/numbers.ts';
import { note, print } from './terminal.ts';

export const backFlags = {
  'dry-run': { help: 'Show the diff; change nothing' },
  json: { help: 'Print JSON' },
} as const;

export const overlapFlags = {
  theirs: { help: 'Where the same lines were changed since, take the side of the undo' },
  markers: { help: 'Where the same lines were changed since, leave conflict markers' },
} as const;

export const overlapOf = (flags: { theirs: boolean; markers: boolean }): 'stop' | 'theirs' | 'markers' =>
  flags.theirs ? 'theirs' : flags.markers ? 'markers' : 'stop';

const past = { undo: 'Undid', redo: 'Redid', restore: 'Restored' } as const;

/** Gives the exit code: 1 where something was in the way. */
export async function printFileReport(clew: Clew, report: FileReport, asJson: boolean): Promise<number> {
  const view = viewOf(clew);
  const failed = report.conflicts.length > 0 || report.left.some((one) => !one.isRepository);
  if (asJson) {
    printJson(report);
    return failed ? 1 : 0;
  }
  const { title, files, conflicts, left, kept, diff, done, dryRun, kind } = harmless(report);
  if (conflicts.length > 0) {
    note(`clew: ${kind} of ${title} would change what was changed since; nothing was done`);
    for (const one of conflicts) {
      note(`  ${one.path} ${one.why}`);
      if (one.marked !== undefined) note(one.marked.trimEnd().replaceAll(/^/gm, '    '));
    }
    note('      --theirs takes the side of the undo, --markers leaves both sides in the file');
    return 1;
  }
  if (files.length === 0) note(`nothing to change: ${title}`);
  if (dryRun && files.length > 0) await show(diffLines(diff, 'wrap', view));
  if (done) {
    const marks = { create: view.colour.green('+'), update: ' ', delete: view.colour.red('-') } as const;
    print([
      `${past[kind]} ${title}: ${many(files.length, 'file')}`,
      ...files.map((one) => `  ${marks[one.kind]} ${one.path}`),
    ]);
  }
  for (const one of left)
    note(`clew: ${one.path} ${one.isRepository ? one.why : `could not be changed: ${one.why}`}`);
  if (kept.length > 0)
    note(
      `${many(kept.length, 'file')} that appeared since ${kept.length === 1 ? 'was' : 'were'} kept (--clean takes them away): ${kept.slice(0, 5).join(', ')}${kept.length > 5 ? ', …' : ''}`,
    );
  return failed ? 1 : 0;
}
