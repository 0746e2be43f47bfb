// Computes all costs anew when prices have changed. The index remembers which prices its costs were computed with.
import type { Database } from 'better-sqlite3';
import { costOf, usageWriter } from './projector/usage.ts';
import type { Counted, Prices } from './projector/usage.ts';

/** How many responses' differences are held before they are written. */
const batchSize = 50_000;

/** True where anything was computed. */
export function reprice(db: Database, pricing: Prices): boolean {
  const version = (): string | undefined =>
    db.prepare<[], { value: string }>("SELECT value FROM meta WHERE key = 'pricing'").get()?.value;
  if (version() === pricing.version) return false;
  db.transaction(() => {
    if (version() === pricing.version) return;
    const usage = usageWriter(db);
    db.exec('DELETE FROM usage');
    const next = db.prepare<[number, number], Counted & { rowid: number }>(
      'SELECT rowid, * FROM message WHERE rowid > ? ORDER BY rowid LIMIT ?',
    );
    const set = db.prepare('UPDATE message SET cost = ?, cost_high = ? WHERE rowid = ?');
    for (let last = -1, rows; (rows = next.all(last, batchSize)).length > 0; last = rows.at(-1)?.rowid ?? 0) {
      for (const row of rows) {
        const cost = costOf(row, pricing);
        set.run(cost.cost, cost.cost_high, row.rowid);
        usage.count(row, cost);
      }
      usage.settle();
    }
    // Sessions have sums of their own.
    db.exec(`UPDATE session SET (cost, cost_high, unpriced) =
      (SELECT coalesce(sum(cost), 0), coalesce(sum(cost_high), 0), coalesce(sum(unpriced), 0) FROM usage u WHERE u.session = session.id)`);
    db.prepare("INSERT OR REPLACE INTO meta(key, value) VALUES ('pricing', ?)").run(pricing.version);
  }).immediate();
  return true;
}
