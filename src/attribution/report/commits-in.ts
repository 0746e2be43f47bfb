// The commits of a range, and what was in their files, each with one call of git.
import { ClewError } from '../../model/index.ts';
import { git, tryGit } from '../../workspace/index.ts';
import type { Db } from '../../store/index.ts';

export interface CommitAt {
  readonly sha: string;
  /** When it was committed, milliseconds. */
  readonly at: number;
}

/**
 * The latest first. Without a range those that HEAD leads to since anything is known of the project, and at most so many.
 * Throws BAD_INPUT for what git takes for no range.
 */
export function commitsIn(db: Db, root: string, range: string | undefined, most: number): CommitAt[] {
  const { first } = db
    .prepare<[string, string], { first: number | null }>(
      `SELECT min(at) AS first FROM (SELECT min(at) AS at FROM checkpoint WHERE root = ?
       UNION ALL SELECT min(started_at) FROM session WHERE project = ? AND started_at > 0)`,
    )
    .get(root, root) ?? { first: null };
  if (range === undefined && first === null) return [];
  const bounds = [`--max-count=${most}`, `--since=${Math.floor((first ?? 0) / 1000)}`];
  const { status, stdout } = tryGit([
    '-C',
    root,
    'log',
    '--no-merges',
    '--no-show-signature',
    '--format=%H %ct',
    ...(range === undefined ? bounds : ['--end-of-options', range]),
    '--',
  ]);
  if (status !== 0 && range !== undefined)
    throw new ClewError(
      'BAD_INPUT',
      `"${range}" names no commits here`,
      'a range is written as git takes it: main..HEAD',
    );
  return stdout
    .toString()
    .split('\n')
    .filter(Boolean)
    .map((row) => ({ sha: row.split(' ')[0] ?? '', at: Number(row.split(' ')[1]) * 1000 }));
}

/** By `commit:path`. */
export function linesOfFiles(
  root: string,
  wanted: readonly { readonly sha: string; readonly paths: readonly string[] }[],
): Map<string, string[]> {
  const names = wanted.flatMap(({ sha, paths }) =>
    paths.filter((one) => !one.includes('\n')).map((one) => `${sha}:${one}`),
  );
  const found = new Map<string, string[]>();
  if (names.length === 0) return found;
  const out = git(['-C', root, 'cat-file', '--batch'], { input: Buffer.from(`${names.join('\n')}\n`) });
  let at = 0;
  for (const name of names) {
    const end = out.indexOf(0x0a, at);
    const told = out.toString('utf8', at, end);
    at = end + 1;
    const [, size] = / blob (\d+)$/.exec(told) ?? [];
    if (size === undefined) continue;
    const lines = out.toString('utf8', at, at + Number(size)).split('\n');
    found.set(name, lines.at(-1) === '' ? lines.slice(0, -1) : lines);
    at += Number(size) + 1;
  }
  return found;
}
