// What an id, or the beginning of one, names.
import { ClewError } from '../model/index.ts';
import type { Db } from '../store/index.ts';

export interface Found {
  readonly kind: 'session' | 'operation' | 'turn' | 'checkpoint';
  readonly id: string;
}

const lookups = {
  session: 'SELECT id FROM session WHERE id >= ? AND id < ? ORDER BY id LIMIT 6',
  operation: 'SELECT id FROM operation WHERE id >= ? AND id < ? ORDER BY id LIMIT 6',
  turn: "SELECT key AS id FROM entry WHERE key >= ? AND key < ? AND kind IN ('prompt', 'command', 'shell', 'notification') ORDER BY key LIMIT 6",
  checkpoint: 'SELECT id FROM checkpoint WHERE id >= ? AND id < ? ORDER BY id LIMIT 6',
} as const;

/** The one thing whose id begins so. Throws NOT_FOUND, AMBIGUOUS. */
export function resolve(
  db: Db,
  prefix: string,
  kinds: readonly Found['kind'][] = ['session', 'operation', 'turn', 'checkpoint'],
): Found {
  const what = kinds.join(', ');
  if (prefix === '')
    throw new ClewError('BAD_INPUT', 'an id is empty', `give the id of a ${what}, or its beginning`);
  const found = kinds.flatMap((kind) =>
    db
      .prepare<[string, string], { id: string }>(lookups[kind])
      .all(prefix, `${prefix}\u{10ffff}`)
      .map(({ id }) => ({ kind, id })),
  );
  const exact = found.find((one) => one.id === prefix);
  const first = exact ?? found[0];
  if (!first)
    throw new ClewError(
      'NOT_FOUND',
      `no ${what} has an id that begins with "${prefix}"`,
      '`clew sessions` lists what there is',
    );
  if (exact || found.length === 1) return first;
  const some = found.slice(0, 5).map((one) => `${one.kind} ${one.id}`);
  throw new ClewError(
    'AMBIGUOUS',
    `"${prefix}" is the beginning of several ids: ${some.join(', ')}${found.length > 5 ? ', …' : ''}`,
    'give a few characters more',
  );
}
