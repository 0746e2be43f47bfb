// Attributions as git notes: written under clew's own ref unless another is named, and read where git-ai has left its own.
import { ClewError } from '../../model/index.ts';
import { git, tryGit } from '../../workspace/index.ts';
import type { AttributionData } from '../lines/record.ts';
import { noteText, readNote } from './note-text.ts';

export const ownNotes = 'refs/notes/clew';
export const gitAiNotes = 'refs/notes/ai';

/** Writes the notes of commits, with one call of git; gives how many. Throws BAD_INPUT, GIT_FAILED. */
export function writeNotes(
  folder: string,
  all: ReadonlyMap<string, AttributionData>,
  ref = ownNotes,
): number {
  if (!ref.startsWith('refs/notes/') || ref === 'refs/notes/commits')
    throw new ClewError(
      'BAD_INPUT',
      `clew writes no notes to ${ref}`,
      `name another: ${ownNotes}, ${gitAiNotes}`,
    );
  const authors = authorsOf(folder, [...all.keys()]);
  const notes = [...all].flatMap(([sha, data]) => {
    const text = noteText(sha, data, authors.get(sha) ?? '');
    return text === undefined ? [] : [[sha, Buffer.from(text)] as const];
  });
  if (notes.length === 0) return 0;
  const tip = tryGit(['-C', folder, 'rev-parse', '-q', '--verify', ref]).stdout.toString().trim();
  // Where git knows no name it makes no commit, not even one of notes.
  const named = tryGit(['-C', folder, 'var', 'GIT_COMMITTER_IDENT']);
  const who =
    named.status === 0
      ? named.stdout.toString().trim()
      : `clew <clew@localhost> ${Math.floor(Date.now() / 1000)} +0000`;
  const message = 'Notes added by clew';
  const parts: (string | Buffer)[] = [
    `commit ${ref}\ncommitter ${who}\ndata ${message.length}\n${message}\n`,
  ];
  if (tip !== '') parts.push(`from ${tip}\n`);
  for (const [sha, text] of notes) parts.push(`N inline ${sha}\ndata ${text.length}\n`, text, '\n');
  git(['-C', folder, 'fast-import', '--quiet'], {
    input: Buffer.concat(parts.map((part) => Buffer.from(part))),
  });
  return notes.length;
}

/** What notes say of commits, for those that have one. */
export function readNotes(
  folder: string,
  shas: readonly string[],
  ref = gitAiNotes,
): Map<string, AttributionData> {
  const found = new Map<string, AttributionData>();
  const list = tryGit(['-C', folder, 'notes', `--ref=${ref}`, 'list']);
  if (list.status !== 0) return found;
  const wanted = new Set(shas);
  const notes = list.stdout
    .toString()
    .split('\n')
    .map((row) => row.split(' '))
    .filter(([, sha = '']) => wanted.has(sha));
  if (notes.length === 0) return found;
  const out = git(['-C', folder, 'cat-file', '--batch'], {
    input: Buffer.from(notes.map(([oid]) => `${oid}\n`).join('')),
  });
  let at = 0;
  for (const [, sha = ''] of notes) {
    const end = out.indexOf(0x0a, at);
    const size = Number(out.toString('latin1', at, end).split(' ')[2]);
    const data = readNote(out.toString('utf8', end + 1, end + 1 + size));
    at = end + 1 + size + 1;
    if (data) found.set(sha, data);
  }
  return found;
}

function authorsOf(folder: string, shas: readonly string[]): Map<string, string> {
  const out = git(
    ['-C', folder, 'log', '--no-walk=unsorted', '--stdin', '--no-mailmap', '-z', '--format=%H %an <%ae>'],
    {
      input: Buffer.from(shas.map((sha) => `${sha}\n`).join('')),
    },
  );
  const rows = out.toString().split('\0').filter(Boolean);
  return new Map(rows.map((row) => [row.slice(0, row.indexOf(' ')), row.slice(row.indexOf(' ') + 1)]));
}
