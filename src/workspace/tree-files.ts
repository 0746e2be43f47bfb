// The files of a tree with their sizes, and what is in one of them, for people to look at.
import { git, storeFolder } from './git.ts';
import { textOfPath } from '../model/index.ts';

export interface TreeFile {
  readonly path: string;
  readonly type: 'file' | 'executable' | 'link';
  readonly oid: string;
  /** Bytes. */
  readonly size: number;
}

const types: Readonly<Record<string, TreeFile['type']>> = {
  '100644': 'file',
  '100755': 'executable',
  '120000': 'link',
};

/** By path. Repositories within the project are projects of their own. */
export function treeFiles(clewHome: string, tree: string): TreeFile[] {
  const args = ['--git-dir', storeFolder(clewHome), 'ls-tree', '-r', '-l', '-z', '--full-tree', tree];
  const rows = git(args).toString('latin1').split('\0');
  return rows.flatMap((row) => {
    const tab = row.indexOf('\t');
    const [mode = '', , oid = '', size] = row.slice(0, tab).split(/ +/);
    const type = types[mode];
    const path = textOfPath(Buffer.from(row.slice(tab + 1), 'latin1'));
    return type ? [{ path, type, oid, size: Number(size) }] : [];
  });
}

/** As git tells it: by a NUL near the beginning. */
export const isBinary = (content: Buffer): boolean => content.subarray(0, 8000).includes(0);
