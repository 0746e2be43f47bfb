// The rollup, read for a report: what each session used with each model in each stretch of time, as one range of the
// primary key for each stretch. So the cost is that of the time shown, not of the history kept.
import { bucketMs } from '../../store/index.ts';
import type { Db } from '../../store/index.ts';
import { add, noSums, sumsOfMessage, sumUsage } from './figures.ts';
import type { PricedMessage, Sums } from './figures.ts';
import type { Atom, Span } from './periods.ts';
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
function conditions({ model, session, sessions }: UsageFilter): { sql: string; values: string[] } {
  const all: [string, string][] = [];
  if (model) all.push(['instr(lower(model), lower(?)) > 0', model]);
  if (session) all.push(['session = ?', session]);
  if (sessions) all.push(['session IN (SELECT value FROM json_each(?))', JSON.stringify(sessions)]);
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

/** Reads the responses of a session that lie in a span, in order. */
export const messageReader = (db: Db, filter: UsageFilter) => reader<Message>(db, filter, '*');

/** What sums are made of. */
const counted =
  'session, at, model, tier, input, output, cache_read, cache_write_5m, cache_write_1h, output_final, reported, chars, charged, rest, cost, cost_high';

function reader<M extends PricedMessage>(db: Db, { model }: UsageFilter, columns: string) {
  const { sql, values } = conditions({ model });
  const query = db.prepare<unknown[], M>(
    `SELECT ${columns} FROM message WHERE session = ? AND at >= ? AND at < ?${sql} ORDER BY at`,
  );
  return (session: string, { start, end }: Span): M[] => query.all(session, start, end, ...values);
}

/** What rows are told apart by, of a session at a moment, in one text. */
export type Tell = (session: string, at: number) => string;

/**
 * Reads cells of a session within which that changed which rows are told apart by: for each quarter of an hour, and where it
 * did not stay `isSteady` for that long, for the responses of each of its parts.
 */
export function fineCellReader(
  db: Db,
  filter: UsageFilter,
  isSteady: (session: string, start: number, end: number) => boolean,
  tell: Tell,
): (session: string, atom: Atom) => Cell[] {
  const { sql, values } = conditions({ model: filter.model });
  const quarters = db.prepare<unknown[], { bucket: number; model: string } & Sums>(
    `SELECT bucket, model, ${sumUsage} FROM usage WHERE session = ? AND bucket >= ? AND bucket < ?${sql} GROUP BY bucket, model`,
  );
  const messages = reader<PricedMessage>(db, filter, counted);
  return (session, atom) => {
    const split = new Set<number>();
    const cells: Cell[] = [];
    const range = [Math.floor(atom.start / bucketMs), Math.ceil(atom.end / bucketMs)];
    for (const { bucket, model, ...sums } of quarters.all(session, ...range, ...values)) {
      const at = bucket * bucketMs;
      if (bucket === 0 || isSteady(session, at, at + bucketMs))
        cells.push({ atom, session, model, at, sums });
      else split.add(at);
    }
    for (const start of split) {
      const parts = new Map<string, Cell>();
      for (const message of messages(session, { start, end: start + bucketMs })) {
        const { model, at } = message;
        const key = `${model}\n${tell(session, at)}`;
        const part = parts.get(key) ?? { atom, session, model, at, sums: noSums() };
        parts.set(key, part);
        add(part.sums, sumsOfMessage(message));
      }
      cells.push(...parts.values());
    }
    return cells;
  };
}
