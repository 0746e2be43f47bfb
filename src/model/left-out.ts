// What a checkpoint does not hold itself, as the hook lists it: a line each, with tabs, names as git quotes them.
import { unquotedPath } from './paths.ts';

export interface LeftOut {
  readonly path: string;
  /** `no-commit`, `sha256`, `repository`: one inside that a tree cannot name; its files are a checkpoint of their own. */
  readonly why: 'large' | 'unreadable' | 'special' | 'no-commit' | 'sha256' | 'repository';
  /** Its size, where that is the reason. */
  readonly bytes: number | null;
}

/** A repository inside of the project: the commit that it was at, and the tree of a checkpoint of its files. */
export interface InnerRepository {
  readonly path: string;
  readonly commit: string | null;
  readonly tree: string | null;
}

export function leftOutLine(line: string): LeftOut {
  const [why = '', size = '', name = ''] = line.split('\t');
  return { path: unquotedPath(name), why: why as LeftOut['why'], bytes: size === '-' ? null : Number(size) };
}

export function innerLine(line: string): InnerRepository {
  const [commit = '', tree = '', name = ''] = line.split('\t');
  const known = (oid: string): string | null => (oid === '-' || oid === '' ? null : oid);
  return { path: unquotedPath(name), commit: known(commit), tree: known(tree) };
}
