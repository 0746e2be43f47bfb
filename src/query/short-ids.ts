// The beginnings of ids that name one thing among all that is known, for texts that outlive the list they were made in.
import { shownLength } from '../model/index.ts';
import type { Db } from '../store/index.ts';

/** Shortens ids of sessions, turns and operations so far that `resolve` still finds one thing. */
export function idShortener(db: Db): (id: string) => string {
  const neighbours = ['session', 'operation', 'entry'].map((table) => {
    const column = table === 'entry' ? 'key' : 'id';
    return db.prepare<[string, string], { before: string | null; behind: string | null }>(
      `SELECT (SELECT max(${column}) FROM ${table} WHERE ${column} < ?) AS before,
              (SELECT min(${column}) FROM ${table} WHERE ${column} > ?) AS behind`,
    );
  });
  return (id) => {
    let length = shownLength(id);
    for (const query of neighbours) {
      const row = query.get(id, `${id}\u{10ffff}`);
      for (const other of [row?.before, row?.behind])
        if (other) length = Math.max(length, sharedLength(id, other) + 1);
    }
    return id.slice(0, length);
  };
}

function sharedLength(a: string, b: string): number {
  let n = 0;
  while (n < a.length && a[n] === b[n]) n++;
  return n;
}
