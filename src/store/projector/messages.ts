// Writes API responses, each once. Of several sources that hold one response, the one with the most tokens gives the
// usage (a compaction's copy can hold final counts where the session's own file has partial ones), and the session that
// ended first owns it.
import type { Database } from 'better-sqlite3';
import type { MessageRow } from '../rows.ts';
import { costOf } from './usage.ts';
import type { Cost, Prices, UsageWriter } from './usage.ts';
import { holderColumns, noteKin, ownerOf } from './batch.ts';
import type { Batch, Holder } from './batch.ts';

interface StoredMessage {
  id: string;
  session: string;
  run: string;
  turn: string | null;
  source: string;
  pos: number;
  rank: number;
  at: number;
  model: string;
  input: number;
  output: number;
  cache_read: number;
  cache_write_5m: number;
  cache_write_1h: number;
  output_final: number;
  stop_reason: string | null;
  tier: string;
  reported: number | null;
  chars: number;
  charged: string | null;
  rest: number;
}

const columns =
  'id, session, run, turn, source, pos, rank, at, model, input, output, cache_read, cache_write_5m, cache_write_1h, output_final, stop_reason, tier, reported, chars, charged, rest';
const marks = columns.replaceAll(/\w+/g, '?');

export function messageWriter(db: Database, batch: Batch, usage: UsageWriter, pricing: Prices) {
  const insert = db.prepare(
    `INSERT INTO message(${columns}, cost, cost_high) VALUES (${marks}, ?, ?) ON CONFLICT(id) DO NOTHING`,
  );
  const put = db.prepare(
    `INSERT OR REPLACE INTO message(${columns}, cost, cost_high) VALUES (${marks}, ?, ?)`,
  );
  const replaceCopy = db.prepare(`INSERT OR REPLACE INTO message_copy(${columns}) VALUES (${marks})`);
  const find = db.prepare<[string], StoredMessage & Cost>('SELECT * FROM message WHERE id = ?');
  const findCopy = db.prepare<[string, string], StoredMessage>(
    'SELECT * FROM message_copy WHERE id = ? AND source = ?',
  );
  const copies = db.prepare<[string], StoredMessage & Holder>(
    `SELECT c.*, ${holderColumns} FROM message_copy c WHERE c.id = ?`,
  );

  /** Puts a response in the place of what was known of it. */
  function replace(old: (StoredMessage & Cost) | undefined, now: StoredMessage): void {
    if (old) usage.count(old, old, -1);
    const cost = costOf(now, pricing);
    put.run(...values(now), cost.cost, cost.cost_high);
    usage.count(now, cost);
  }

  return {
    write(source: string, row: MessageRow): void {
      const told = stored(source, row);
      batch.sessions.add(told.session);
      const cost = costOf(told, pricing);
      if (insert.run(...values(told), cost.cost, cost.cost_high).changes === 1) {
        usage.count(told, cost);
        return;
      }
      const old = find.get(row.id) as StoredMessage & Cost;
      const own = findCopy.get(row.id, source) ?? (old.source === source ? old : undefined);
      const now = own ? update(own, told) : told;
      if (own === old) {
        replace(old, now);
        return;
      }
      if (!own && !findCopy.get(row.id, old.source)) replaceCopy.run(values(old));
      replaceCopy.run(values(now));
      batch.sharedMessages.add(row.id);
    },

    /** Derives every shared message from its copies. */
    settle(): void {
      for (const id of batch.sharedMessages) {
        const all = copies.all(id);
        const owner = ownerOf(all);
        if (!owner) continue;
        const best = all.reduce((a, b) => (moreTokens(a, b, owner) ? a : b));
        const old = find.get(id);
        // `source` and `pos` lead to the record with the counts.
        replace(old, { ...best, session: owner.session, run: owner.run, turn: owner.turn, at: owner.at });
        if (old) batch.sessions.add(old.session);
        for (const { session } of all) batch.sessions.add(session);
        noteKin(batch.kin, all);
      }
      batch.sharedMessages.clear();
    },
  };
}

const total = (m: StoredMessage): number =>
  m.input + m.output + m.cache_read + m.cache_write_5m + m.cache_write_1h;

/** Whether `a` is to be believed rather than `b`. */
function moreTokens(a: StoredMessage, b: StoredMessage, owner: StoredMessage): boolean {
  const by = total(a) - total(b) || b.rank - a.rank || a.output_final - b.output_final;
  if (by !== 0) return by > 0;
  if (a.source === owner.source || b.source === owner.source) return a.source === owner.source;
  return a.source < b.source;
}

/** A later line of the same source: it has the counts, the first has the place. */
function update(old: StoredMessage, told: StoredMessage): StoredMessage {
  if (told.rank > old.rank) return old;
  if (told.rank < old.rank) return told;
  const { session, run, turn, at } = old;
  return { ...told, session, run, turn, at, chars: Math.max(old.chars, told.chars) };
}

function stored(source: string, row: MessageRow): StoredMessage {
  const { session, run, turn, at, pos, rank } = row.place;
  return {
    id: row.id,
    session,
    run,
    turn: turn ?? null,
    source,
    pos,
    rank,
    at,
    model: row.model,
    input: row.input,
    output: row.output,
    cache_read: row.cacheRead,
    cache_write_5m: row.cacheWrite5m,
    cache_write_1h: row.cacheWrite1h,
    output_final: row.outputFinal,
    stop_reason: row.stopReason,
    tier: row.tier,
    reported: row.reported,
    chars: row.chars,
    charged: row.charged,
    rest: row.rest,
  };
}

function values(m: StoredMessage): unknown[] {
  return [
    m.id,
    m.session,
    m.run,
    m.turn,
    m.source,
    m.pos,
    m.rank,
    m.at,
    m.model,
    m.input,
    m.output,
    m.cache_read,
    m.cache_write_5m,
    m.cache_write_1h,
    m.output_final,
    m.stop_reason,
    m.tier,
    m.reported,
    m.chars,
    m.charged,
    m.rest,
  ];
}
