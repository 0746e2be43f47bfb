// git blame, with who wrote each line: git says which commit brought a line, the commit's attribution says whose it is. Lines
// that are not committed are told by the checkpoints.
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { ClewError } from '../../model/index.ts';
import { unquotedPath } from '../../model/paths.ts';
import { git, tryGit } from '../../workspace/index.ts';
import { treeOf } from '../commits/trees.ts';
import type { Asked } from '../lines/attribute-commits.ts';
import type { Place } from '../lines/engine.ts';
import type { AttributionData, LineAuthor } from '../lines/record.ts';
import { attributeWorkingFile } from '../lines/working-file.ts';

export interface BlameOptions {
  /** Of a commit in place of the working tree. */
  readonly rev?: string | undefined;
  /** From one line to another, both included. */
  readonly lines?: readonly [first: number, last: number] | undefined;
  /** As git's own: changes of white space, and lines that moved within the file, are passed over. */
  readonly ignoreSpace?: boolean | undefined;
  readonly moves?: boolean | undefined;
}

export interface ToldLine {
  readonly line: number;
  readonly text: string;
  /** Null where it is not committed. */
  readonly commit: string | null;
  /** When it was committed, milliseconds. */
  readonly at: number | null;
  /** Who wrote it, or the ones of whom one did; empty where nothing is known. */
  readonly authors: readonly LineAuthor[];
  /** Somebody else has changed its white space since. */
  readonly reformatted: boolean;
  /** Whose line it was before it was reworded. */
  readonly reworded: LineAuthor | null;
}

interface BlamedLine {
  readonly line: number;
  readonly text: string;
  readonly commit: string;
  readonly at: number;
  readonly path: string;
  readonly original: number;
}

/** `attributed` gives what is known of commits, and of the lines that are asked for in any case. */
export function blame(
  place: Place,
  file: string,
  options: BlameOptions,
  attributed: (folder: string, asked: Asked) => ReadonlyMap<string, AttributionData>,
): ToldLine[] {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory())
    throw new ClewError('BAD_INPUT', `${file} is a folder`, 'name a file in it');
  const folder = path.dirname(file);
  const tree = treeOf(folder);
  if (!tree)
    throw new ClewError('BAD_INPUT', `${file} is in no git repository`, 'go to one, or name a file in one');
  const blamed = gitBlame(folder, path.basename(file), options);
  const asked = new Map<string, Map<string, number[]>>();
  for (const one of blamed) {
    if (isUncommitted(one)) continue;
    const files = asked.get(one.commit) ?? new Map<string, number[]>();
    files.set(one.path, [...(files.get(one.path) ?? []), one.original]);
    asked.set(one.commit, files);
  }
  const known = attributed(tree.root, asked);
  const first = blamed.find(isUncommitted);
  const working =
    first && attributeWorkingFile({ ...place, folder: tree.root }, first.path, readFileSync(file));
  const find = finder();
  return blamed.map((one) => {
    const data = isUncommitted(one) ? working : known.get(one.commit);
    const found = data && find(data, one.path, isUncommitted(one) ? one.line : one.original);
    return {
      line: one.line,
      text: one.text,
      commit: isUncommitted(one) ? null : one.commit,
      at: isUncommitted(one) ? null : one.at,
      authors: found?.authors ?? [],
      reformatted: found?.reformatted ?? false,
      reworded: found?.reworded ?? null,
    };
  });
}

const isUncommitted = ({ commit }: BlamedLine): boolean => /^0+$/.test(commit);

/** Looks lines up in the order in which they are asked for, most of the time one after the other. */
function finder() {
  const ranges = new Map<AttributionData, Map<string, AttributionData['files'][number]['lines']>>();
  return (data: AttributionData, path: string, line: number) => {
    const files = ranges.get(data) ?? new Map(data.files.map((one) => [one.path, one.lines]));
    ranges.set(data, files);
    const all = files.get(path) ?? [];
    let low = 0;
    let high = all.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((all[middle]?.[1] ?? 0) < line) low = middle + 1;
      else high = middle;
    }
    const range = all[low];
    if (!range || range[0] > line) return undefined;
    const [, , who, formatted = null, reworded = -1] = range;
    const numbers = typeof who === 'number' ? [who] : who;
    return {
      authors: numbers.flatMap((n) => data.authors[n] ?? []),
      reformatted: formatted !== null,
      reworded: data.authors[reworded] ?? null,
    };
  };
}

function commitOf(folder: string, rev: string): string {
  const args = ['-C', folder, 'rev-parse', '-q', '--verify', '--end-of-options', `${rev}^{commit}`];
  const { status, stdout } = tryGit(args);
  if (status === 0) return stdout.toString().trim();
  throw new ClewError(
    'BAD_INPUT',
    `"${rev}" is no commit here`,
    'name it as git does: HEAD~3, main, 1a2b3c4',
  );
}

function gitBlame(
  folder: string,
  name: string,
  { rev, lines, ignoreSpace, moves }: BlameOptions,
): BlamedLine[] {
  const out = git([
    '-C',
    folder,
    'blame',
    '--porcelain',
    ...(ignoreSpace ? ['-w'] : []),
    ...(moves ? ['-M'] : []),
    ...(lines ? [`-L${lines[0]},${lines[1]}`] : []),
    ...(rev === undefined ? [] : [commitOf(folder, rev)]),
    '--',
    name,
  ]).toString();
  const commits = new Map<string, { at: number; path: string }>();
  const found: BlamedLine[] = [];
  let commit = '';
  let original = 0;
  let line = 0;
  for (const row of out.split('\n')) {
    if (row.startsWith('\t')) {
      const { at, path: of } = commits.get(commit) ?? { at: 0, path: name };
      found.push({ line, original, commit, at, path: of, text: row.slice(1) });
      continue;
    }
    const [word = '', ...rest] = row.split(' ');
    if (/^[0-9a-f]{40,64}$/.test(word)) {
      commit = word;
      original = Number(rest[0]);
      line = Number(rest[1]);
      if (!commits.has(commit)) commits.set(commit, { at: 0, path: name });
    } else {
      const here = commits.get(commit);
      if (here && word === 'committer-time') here.at = Number(rest[0]) * 1000;
      // A commit can have brought lines out of several files: each time it is told again.
      if (here && word === 'filename')
        commits.set(commit, { at: here.at, path: unquotedPath(rest.join(' ')) });
    }
  }
  return found;
}
