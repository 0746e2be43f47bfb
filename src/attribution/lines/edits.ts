// What edit tools wrote where no checkpoint was taken: their own records tell the lines, with some that stood around them. Where
// these stand in a file now has to be found.
import type { Db } from '../../store/index.ts';

export interface Edit {
  readonly operation: string;
  /** Milliseconds. */
  readonly at: number;
  /** What stood there afterwards, piece by piece. */
  readonly pieces: readonly Piece[];
}

interface Piece {
  readonly content: Buffer;
  /** The lines of it that were new, from 0. */
  readonly added: readonly number[];
}

/** Reads the edits of a file, named by its full path, in order of time. */
export function editReader(db: Db): (file: string) => Edit[] {
  const find = db.prepare<[string], { operation: string; at: number; diff: string }>(
    `SELECT c.operation, o.at, e.text AS diff FROM change c JOIN operation o ON o.id = c.operation
     JOIN entry e ON e.key = c.operation || '|' || c.path
     WHERE c.path = ? AND c.partial = 0 AND o.is_error = 0
       AND NOT EXISTS (SELECT 1 FROM effect_of f WHERE f.operation = c.operation) ORDER BY o.at, c.operation`,
  );
  return (file) =>
    find.all(file).map(({ operation, at, diff }) => ({ operation, at, pieces: piecesOf(diff) }));
}

function piecesOf(diff: string): Piece[] {
  const pieces: { lines: string[]; added: number[] }[] = [];
  for (const row of diff.split('\n')) {
    if (row.startsWith('@@')) pieces.push({ lines: [], added: [] });
    const piece = pieces.at(-1);
    if (!piece || !/^[ +]/.test(row)) continue;
    if (row.startsWith('+')) piece.added.push(piece.lines.length);
    piece.lines.push(row.slice(1));
  }
  return pieces.map(({ lines, added }) => ({ content: Buffer.from(`${lines.join('\n')}\n`), added }));
}
