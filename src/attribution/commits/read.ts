// Reads commits out of a repository: all that are wanted of one, with one call of git.
import { textOfPath } from '../../model/index.ts';
import { nulSeparated, tryGit } from '../../workspace/index.ts';

export interface ReadCommit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly tree: string;
  readonly author: string;
  readonly email: string;
  /** When it was written, and when it was committed, milliseconds. */
  readonly authoredAt: number;
  readonly committedAt: number;
  readonly message: string;
  /** Of a merge none: what it brings was made in its parents. */
  readonly files: readonly CommitFile[];
}

export interface CommitFile {
  /** Below the top folder of the working tree. */
  readonly path: string;
  /** Lines; 0 of what is binary. */
  readonly added: number;
  readonly removed: number;
}

const fields = ['%H', '%P', '%T', '%an', '%ae', '%at', '%ct', '%B'];
const format = `--format=%x01${fields.join('%x00')}%x00%x02`;

const place = (folder: string): string[] => [
  '-C',
  folder,
  '--no-replace-objects',
  '-c',
  'log.showSignature=false',
];
const how = (
  'log --no-walk=unsorted --ignore-missing --stdin --root -z -M --numstat --no-ext-diff --no-textconv --no-color ' +
  '--no-mailmap --no-notes --encoding=UTF-8'
).split(' ');

/** By full or abbreviated id; what is not there is passed over. */
export function readCommits(folder: string, ids: readonly string[]): ReadCommit[] {
  if (ids.length === 0) return [];
  const { status, stdout } = tryGit([...place(folder), ...how, format], {
    input: Buffer.from(`${ids.join('\n')}\n`),
  });
  return status === 0 ? parse(stdout) : [];
}

function parse(out: Buffer): ReadCommit[] {
  const commits: (ReadCommit & { files: CommitFile[] })[] = [];
  const parts = nulSeparated(out);
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] as Buffer;
    if (part[0] === 1) {
      const told = parts.slice(i, i + fields.length).map((one) => one.toString());
      commits.push(commitOf(told));
      i += fields.length; // the one that ends them as well
      continue;
    }
    const text = part.toString('latin1');
    const [, added, removed, name] = /^\n?(\d+|-)\t(\d+|-)\t([\s\S]*)$/.exec(text) ?? [];
    if (added === undefined) continue;
    // A file that was renamed has both names behind.
    const path = name === '' ? parts[(i += 2)] : Buffer.from(name ?? '', 'latin1');
    commits.at(-1)?.files.push({
      path: textOfPath(path ?? Buffer.alloc(0)),
      added: Number(added) || 0,
      removed: Number(removed) || 0,
    });
  }
  return commits;
}

function commitOf(told: readonly string[]): ReadCommit & { files: CommitFile[] } {
  const [sha = '', parents = '', tree = '', author = '', email = '', authored, committed, message = ''] =
    told;
  return {
    sha: sha.slice(1),
    parents: parents.split(' ').filter(Boolean),
    tree,
    author,
    email,
    authoredAt: Number(authored) * 1000,
    committedAt: Number(committed) * 1000,
    message: message.trimEnd(),
    files: [],
  };
}

/**
 * What commits do, whatever stands around it: equal for copies of one. Those that do nothing, or are not there, have none.
 * After a commit's id that of another may stand, which it is compared with in place of its parent.
 */
export function patchIds(folder: string, shas: readonly string[]): Map<string, string> {
  const how = ['diff-tree', '-p', '--root', '--stdin', '--no-ext-diff', '--no-textconv'];
  const { stdout } = tryGit(['-C', folder, ...how], { input: Buffer.from(`${shas.join('\n')}\n`) });
  const lines = tryGit(['patch-id', '--stable'], { input: stdout }).stdout.toString().split('\n');
  return new Map(
    lines.flatMap((line) => {
      const [id, sha] = line.split(' ');
      return id && sha ? [[sha, id] as const] : [];
    }),
  );
}
