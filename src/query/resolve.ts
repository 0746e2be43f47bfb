// What an id, or the beginning of one, names.
import { ClewError } from '../model/index.ts';
import type { Db } from '../store/index.ts';

export interface Found {
  readonly kind: 'session' | 'operation' | 'turn' | 'checkpoint' | 'commit';
  readonly id: string;
}

const lookups = {
  // One that is joined with another has two ids.
  session: `SELECT id, id AS given FROM session WHERE id >= @from AND id < @to
    UNION ALL SELECT session, recorded FROM joined WHERE recorded >= @from AND recorded < @to ORDER BY given LIMIT 6`,
  operation: 'SELECT id, id AS given FROM operation WHERE id >= @from AND id < @to ORDER BY id LIMIT 6',
  turn: `SELECT key AS id, key AS given FROM entry WHERE key >= @from AND key < @to
    AND kind IN ('prompt', 'command', 'shell', 'notification') ORDER BY key LIMIT 6`,
  checkpoint: 'SELECT id, id AS given FROM checkpoint WHERE id >= @from AND id < @to ORDER BY id LIMIT 6',
  commit: `SELECT subject AS id, subject AS given FROM record
    WHERE kind = 'commit' AND subject >= @from AND subject < @to ORDER BY subject LIMIT 6`,
} as const;

/** The one thing whose id begins so. Throws NOT_FOUND, AMBIGUOUS. */
export function resolve(
  db: Db,
  prefix: string,
  kinds: readonly Found['kind'][] = ['session', 'operation', 'turn', 'checkpoint', 'commit'],
): Found {
  const what = kinds.join(', ');
  if (prefix === '')
    throw new ClewError('BAD_INPUT', 'an id is empty', `give the id of a ${what}, or its beginning`);
  const found = kinds.flatMap((kind) =>
    db
      .prepare<{ from: string; to: string }, { id: string; given: string }>(lookups[kind])
      .all({ from: prefix, to: `${prefix}\u{10ffff}` })
      .map((row) => ({ kind, ...row })),
  );
  const exact = found.find((one) => one.given === prefix);
  const first = exact ?? found[0];
  if (!first)
    throw new ClewError(
      'NOT_FOUND',
      `no ${what} has an id that begins with "${prefix}"`,
      '`clew sessions` lists what there is',
    );
  if (exact || new Set(found.map((one) => one.id)).size === 1) return { kind: first.kind, id: first.id };
  const some = found.slice(0, 5).map((one) => `${one.kind} ${one.given}`);
  throw new ClewError(
    'AMBIGUOUS',
    `"${prefix}" is the beginning of several ids: ${some.join(', ')}${found.length > 5 ? ', …' : ''}`,
    'give a few characters more',
  );
}
