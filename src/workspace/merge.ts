// Takes one change of a file back while keeping what was done to the file since: a three-way merge with the state after
// the change as the base.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { tryGit } from './git.ts';

/** What to do where both sides changed the same lines: give up, take the side of the undo, or leave markers. */
export type OnOverlap = 'stop' | 'theirs' | 'markers';

export interface Merged {
  readonly content: Buffer;
  /** True where lines overlapped; the content then has markers, unless a side was taken. */
  readonly overlaps: boolean;
}

/** Merges texts; undefined where one of them is binary. */
export function mergeTexts(
  texts: { readonly now: Buffer; readonly base: Buffer; readonly wanted: Buffer },
  onOverlap: OnOverlap,
): Merged | undefined {
  if ([texts.now, texts.base, texts.wanted].some((text) => text.includes(0))) return undefined;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'clew-merge-'));
  try {
    const file = (name: keyof typeof texts): string => {
      const at = path.join(folder, name);
      writeFileSync(at, texts[name]);
      return at;
    };
    const labels = ['-L', 'now', '-L', 'with the change', '-L', 'without the change'];
    const side = onOverlap === 'theirs' ? ['--theirs'] : ['--diff3'];
    const args = ['merge-file', '-p', '-q', ...side, ...labels, file('now'), file('base'), file('wanted')];
    const { status, stdout } = tryGit(args, { cwd: folder });
    // The status is the number of overlaps; from 128 on, and below 0, it is a failure.
    if (status < 0 || status > 127) return undefined;
    return { content: stdout, overlaps: status > 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
