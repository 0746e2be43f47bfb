// Diffs from what agents tell of a change: hunks where they give them, a unified diff, the content of a new file.
import { list, number, object, text } from './shapes.ts';

export interface Patch {
  readonly diff: string;
  readonly added: number;
  readonly removed: number;
}

/** A unified diff of hunks as in `structuredPatch`: `[{oldStart, oldLines, newStart, newLines, lines}]`. */
export function patchOfHunks(hunks: unknown): Patch {
  const out: string[] = [];
  let added = 0;
  let removed = 0;
  for (const value of list(hunks)) {
    const hunk = object(value);
    if (!hunk) continue;
    const n = (name: string): number => number(hunk[name]) ?? 0;
    out.push(`@@ -${n('oldStart')},${n('oldLines')} +${n('newStart')},${n('newLines')} @@`);
    for (const line of list(hunk['lines']).map((one) => text(one) ?? '')) {
      if (line.startsWith('+')) added++;
      else if (line.startsWith('-')) removed++;
      out.push(line);
    }
  }
  return { diff: out.join('\n'), added, removed };
}

/** The diff of a file that was not there before. */
export function patchOfNewFile(content: string): Patch {
  if (content === '') return { diff: '', added: 0, removed: 0 };
  const lines = content.split('\n');
  const ended = lines.at(-1) === '';
  if (ended) lines.pop();
  const body = lines.map((line) => `+${line}`);
  if (!ended) body.push('\\ No newline at end of file');
  return { diff: [`@@ -0,0 +1,${lines.length} @@`, ...body].join('\n'), added: lines.length, removed: 0 };
}

/** The hunks of a unified diff of one file, without the lines that name it. */
export function patchOfDiff(diff: string): Patch {
  const at = /^@@ /m.exec(diff)?.index;
  if (at === undefined) return { diff: '', added: 0, removed: 0 };
  const hunks = diff.slice(at).replace(/\n$/, '');
  let added = 0;
  let removed = 0;
  for (const line of hunks.split('\n'))
    if (line.startsWith('+')) added++;
    else if (line.startsWith('-')) removed++;
  return { diff: hunks, added, removed };
}
