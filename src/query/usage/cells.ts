// The rollup, read for a report: what each session used with each model in each stretch of time, as one range of the
// primary key for each stretch. So the cost is that of the time shown, not of the history kept.
import { bucketMs } from '../../store/index.ts';
import type { Counted, Db } from '../../store/index.ts';
import { sumsOfMessage, sumUsage } from './figures.ts';
import type { PricedMessage, Sums } from './figures.ts';
import type { Atom } from './periods.ts';
import type { UsageFilter } from './types.ts';

export interface Cell {
  readonly atom: Atom;
  readonly session: string;
  readonly model: string;
  /** A moment within: that of the response where there is but one, or else the start. */
  readonly at: number;
  readonly sums: Sums;
}

/** Conditions on columns that `usage` and `message` both have. */
function conditions({ model, session }: UsageFilter): { sql: string; values: string[] } {
  const all: [string, string][] = [];
  if (model) all.push(['instr(lower(model), lower(?)) > 0', model]);
  if (session) all.push(['session = ?', session]);
  return { sql: all.map(([sql]) => ` AND ${sql}`).join(''), values: all.map(([, value]) => value) };
}

/** The first moment from one on, by quarters of an hour, at which anything was used; Infinity where there is none. */
export function nextUse(db: Db, filter: UsageFilter): (at: number) => number {
  const { sql, values } = conditions(filter);
  const query = db.prepare<unknown[], { bucket: number }>(
    `SELECT bucket FROM usage WHERE bucket >= ?${sql} ORDER BY bucket LIMIT 1`,
  );
  return (at) => {
    const found = query.get(Math.ceil(at / bucketMs), ...values);
    return found ? found.bucket * bucketMs : Infinity;
  };
}

export const cellsSql = (where: string): string =>
  `SELECT p.key AS atom, u.session, u.model, ${sumUsage}
   FROM json_each(?) p CROSS JOIN usage u
   WHERE u.bucket >= json_extract(p.value, '$[0]') AND u.bucket < json_extract(p.value, '$[1]')${where}
   GROUP BY p.key, u.session, u.model`;

export function readCells(db: Db, atoms: readonly Atom[], filter: UsageFilter): Cell[] {
  const { sql, values } = conditions(filter);
  const ranges = atoms.map(({ start, end }) => [Math.floor(start / bucketMs), Math.ceil(end / bucketMs)]);
  return db
    .prepare<unknown[], { atom: number; session: string; model: string } & Sums>(cellsSql(sql))
    .all(JSON.stringify(ranges), ...values)
    .map(({ atom: index, session, model, ...sums }) => {
      const atom = atoms[index]!;
      return { atom, session, model, at: atom.start, sums };
    });
}

export type Message = PricedMessage & {
  readonly id: string;
  readonly run: string;
  readonly source: string;
  readonly pos: number;
};

/** The responses of one session within atoms, each with its own. */
export function* messagesOf(
  db: Db,
  session: string,
  atoms: readonly Atom[],
  { model }: UsageFilter,
): Generator<Message & { readonly atom: Atom }> {
  const { sql, values } = conditions({ model });
  const query = db.prepare<unknown[], Message & Counted>(
    `SELECT * FROM message WHERE session = ? AND at >= ? AND at < ?${sql} ORDER BY at`,
  );
  for (const atom of atoms)
    for (const message of query.iterate(session, atom.start, atom.end, ...values)) yield { ...message, atom };
}

/**
 * The cells of a session within which something changed that rows are told apart by: by quarters of an hour, and where it
 * did not stay `isSteady` for that long, for each response.
 */
export function fineCells(
  db: Db,
  session: string,
  atoms: readonly Atom[],
  filter: UsageFilter,
  isSteady: (start: number, end: number) => boolean,
): Cell[] {
  const { sql, values } = conditions({ model: filter.model });
  const quarters = db.prepare<unknown[], { bucket: number; model: string } & Sums>(
    `SELECT bucket, model, ${sumUsage} FROM usage WHERE session = ? AND bucket >= ? AND bucket < ?${sql} GROUP BY bucket, model`,
  );
  return atoms.flatMap((atom) => {
    const { start, end } = atom;
    const rows = quarters.all(session, Math.floor(start / bucketMs), Math.ceil(end / bucketMs), ...values);
    const isSplit = ({ bucket }: { bucket: number }): boolean =>
      bucket > 0 && !isSteady(bucket * bucketMs, (bucket + 1) * bucketMs);
    const split = [...new Set(rows.filter(isSplit).map(({ bucket }) => bucket * bucketMs))];
    return [
      ...rows
        .filter((row) => !isSplit(row))
        .map(({ bucket, model, ...sums }): Cell => ({ atom, session, model, at: bucket * bucketMs, sums })),
      ...split.flatMap((at) =>
        [...messagesOf(db, session, [{ ...atom, start: at, end: at + bucketMs }], filter)].map(
          (message): Cell => ({
            atom,
            session,
            model: message.model,
            at: message.at,
            sums: sumsOfMessage(message),
          }),
        ),
      ),
    ];
  });
}
