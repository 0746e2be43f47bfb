// Writes the values that sessions had, derives the session rows from all that is known of them, and notices when the
// order in which related sessions ended turns round, as that decides who owns what they share.
import type { Database } from 'better-sqlite3';
import type { SessionValueRow } from '../rows.ts';
import { holderColumns, ownerOf } from './batch.ts';
import type { Batch, Holder } from './batch.ts';
import { keptSessions } from './kept-sessions.ts';
import { projectOf } from './project-of.ts';

interface ValueRow {
  readonly name: string;
  readonly value: string;
  readonly weight: number;
  readonly first_at: number;
  readonly last_at: number;
}

interface Totals {
  messages: number;
  input: number;
  output: number;
  cache_read: number;
  cache_write_5m: number;
  cache_write_1h: number;
  lower_bounds: number;
  cost: number;
  cost_high: number;
  unpriced: number;
  reported: number;
}

/** Sums are null where there are no entries. */
interface EntryCounts {
  readonly entries: number;
  readonly first: number | null;
  readonly last: number | null;
  readonly turns: number | null;
  readonly api_errors: number | null;
  readonly compactions: number | null;
}

export function sessionWriter(db: Database, batch: Batch) {
  const setValue =
    db.prepare(`INSERT INTO session_value(session, name, value, weight, first_at, last_at) VALUES (?,?,?,?,?,?)
    ON CONFLICT DO UPDATE SET weight = max(weight, excluded.weight), last_at = max(last_at, excluded.last_at),
    first_at = CASE WHEN first_at > 0 AND (excluded.first_at = 0 OR first_at <= excluded.first_at) THEN first_at ELSE excluded.first_at END`);
  const valuesOf = db.prepare<[string], ValueRow>(
    'SELECT name, value, weight, first_at, last_at FROM session_value WHERE session = ?',
  );
  const kept = keptSessions(db);
  const remove = db.prepare('DELETE FROM session WHERE id = ?');
  const totals = db.prepare<[string], Totals & { model: string }>(
    `SELECT model, sum(messages) AS messages, sum(input) AS input, sum(output) AS output, sum(cache_read) AS cache_read,
       sum(cache_write_5m) AS cache_write_5m, sum(cache_write_1h) AS cache_write_1h, sum(lower_bounds) AS lower_bounds,
       sum(cost) AS cost, sum(cost_high) AS cost_high, sum(unpriced) AS unpriced, sum(reported) AS reported
     FROM usage WHERE session = ? GROUP BY model ORDER BY sum(messages) DESC, model`,
  );
  // One pass over an index; grouping by kind would sort.
  const counts = db.prepare<[string], EntryCounts>(
    `SELECT count(*) AS entries, min(nullif(at, 0)) AS first, max(at) AS last, sum(kind = 'api_error') AS api_errors,
       sum(kind = 'compaction') AS compactions, sum(kind IN ('prompt', 'command', 'shell', 'notification')) AS turns
     FROM entry WHERE session = ?`,
  );
  const operations = db.prepare<[string], { n: number; errors: number }>(
    "SELECT count(nullif(name, '')) AS n, coalesce(sum(is_error), 0) AS errors FROM operation WHERE session = ?",
  );
  const firstPrompt = db.prepare<[string], { text: string }>(
    "SELECT text FROM entry WHERE session = ? AND kind IN ('prompt', 'command') ORDER BY at, pos, key LIMIT 1",
  );
  const foreign = db.prepare<[string, string], { n: number }>(
    `SELECT count(*) AS n FROM message_copy c JOIN message m ON m.id = c.id WHERE c.session = ? AND m.session <> ?`,
  );
  // The copied record nearest to where the session's own work begins tells whom it went on from.
  const parent = db.prepare<{ id: string }, { session: string }>(
    `SELECT session FROM (
       SELECT e.session AS session, c.at AS at, c.pos AS pos FROM copy c JOIN entry e ON e.key = c.key WHERE c.session = @id AND e.session <> @id
       UNION ALL
       SELECT m.session, c.at, c.pos FROM message_copy c JOIN message m ON m.id = c.id WHERE c.session = @id AND m.session <> @id
     ) ORDER BY at DESC, pos DESC, session LIMIT 1`,
  );
  const upsert = db.prepare(
    `INSERT OR REPLACE INTO session VALUES (${Array.from({ length: 43 }, () => '?').join(',')})`,
  );
  const relatives = db.prepare<[string, string], { session: string; other: string; first: string }>(
    'SELECT * FROM kin WHERE session = ? OR other = ?',
  );
  const setKin = db.prepare('INSERT OR REPLACE INTO kin(session, other, first) VALUES (?,?,?)');
  const dropKin = db.prepare('DELETE FROM kin WHERE session = ? AND other = ?');
  const holder = db.prepare<{ session: string }>(
    `SELECT ${holderColumns} FROM (SELECT @session AS session) c`,
  );
  const sharedEntries = db.prepare<[string, string], { key: string }>(
    'SELECT a.key FROM copy a JOIN copy b ON b.key = a.key WHERE a.session = ? AND b.session = ?',
  );
  const sharedMessages = db.prepare<[string, string], { id: string }>(
    'SELECT a.id FROM message_copy a JOIN message_copy b ON b.id = a.id WHERE a.session = ? AND b.session = ?',
  );

  /** Of two sessions that share records, the one that they are counted for. */
  function firstOf(a: string, b: string): string {
    const holders = [a, b].map((session) => ({
      session,
      source: '',
      rank: 0,
      at: 0,
      ...(holder.get({ session }) as Pick<Holder, 'ended' | 'forkedFrom'>),
    }));
    return ownerOf(holders)?.session ?? a;
  }

  return {
    writeValue(row: SessionValueRow): void {
      setValue.run(row.session, row.name, row.value, row.weight, row.firstAt, row.lastAt);
      batch.sessions.add(row.session);
    },

    /** Marks what related sessions share where the order of their ends is new. True if anything was marked. */
    noticeOrder(): boolean {
      const pairs = new Set(batch.kin);
      batch.kin.clear();
      for (const session of batch.sessions)
        for (const row of relatives.all(session, session)) pairs.add(`${row.session}\0${row.other}`);
      for (const pair of pairs) {
        const [a = '', b = ''] = pair.split('\0');
        const first = firstOf(a, b);
        const known = relatives.all(a, a).find((row) => row.session === a && row.other === b);
        if (known?.first === first) continue;
        setKin.run(a, b, first);
        for (const { key } of sharedEntries.all(a, b)) batch.sharedEntries.add(key);
        for (const { id } of sharedMessages.all(a, b)) batch.sharedMessages.add(id);
      }
      return batch.sharedEntries.size > 0 || batch.sharedMessages.size > 0;
    },

    /** Forgets pairs that share nothing any more. */
    forgetKin(): void {
      for (const pair of batch.formerKin) {
        const [a = '', b = ''] = pair.split('\0');
        if (!sharedEntries.get(a, b) && !sharedMessages.get(a, b)) dropKin.run(a, b);
      }
      batch.formerKin.clear();
    },

    derive(session: string): void {
      if (kept.isJoined(session)) {
        remove.run(session);
        return;
      }
      const own = valuesOf.all(session);
      const values = [...own, ...kept.joinedTo(session).flatMap((one) => addedTo(own, valuesOf.all(one)))];
      const latest = (name: string): string | null =>
        pick(values, name, (a, b) => a.weight - b.weight || a.last_at - b.last_at);
      const earliest = (name: string): string | null =>
        pick(values, name, (a, b) => a.weight - b.weight || b.first_at - a.first_at);
      const agent = earliest('agent');
      if (agent === null) return; // a name met in passing, such as a fork's parent
      const activity = activityOf(values);
      const byHand = kept.stateOf(session);
      // A file in which nothing has a time is no session: 1.0.128 leaves a summary alone under a throw-away id.
      const entries = counts.get(session) as EntryCounts;
      if (!activity?.last_at && entries.entries === 0) return;
      const perModel = totals.all(session);
      const sum = (name: keyof Totals): number => perModel.reduce((n, row) => n + row[name], 0);
      const ops = operations.get(session);
      const workspace = earliest('workspace');
      const title =
        latest('title') ??
        latest('goal') ??
        firstPrompt.get(session)?.text.trim().split('\n')[0]?.slice(0, 120) ??
        null;
      upsert.run(
        session,
        agent,
        latest('version') ?? latest('agentVersion'),
        earliest('machine') ?? '',
        workspace && projectOf(workspace),
        workspace,
        latest('branch'),
        earliest('entrypoint'),
        latest('permissionMode'),
        title,
        latest('forkedFrom') ?? parent.get({ id: session })?.session ?? null,
        entries.first ?? activity?.first_at ?? 0,
        (byHand?.id === session && byHand.endedAt) || activity?.last_at || (entries.last ?? 0),
        byHand?.endReason ?? endReason(values),
        JSON.stringify(perModel.map((row) => row.model).filter(Boolean)),
        entries.turns ?? 0,
        sum('messages'),
        sum('messages') + (foreign.get(session, session)?.n ?? 0),
        ops?.n ?? 0,
        ops?.errors ?? 0,
        entries.api_errors ?? 0,
        entries.compactions ?? 0,
        sum('input'),
        sum('output'),
        sum('cache_read'),
        sum('cache_write_5m'),
        sum('cache_write_1h'),
        Number(sum('lower_bounds') === 0),
        sum('cost'),
        sum('cost_high'),
        sum('unpriced'),
        reportedCost(values) ?? (sum('reported') || null),
        byHand?.id ?? null,
        byHand?.status ?? null,
        latest('goal'),
        latest('user'),
        latest('agentName'),
        latest('agentType'),
        latest('model'),
        latest('modelTier'),
        latest('temperature'),
        earliest('initialPrompt'),
        latest('metadata'),
      );
    },
  };
}

/** Of the values of the session kept by hand, those that the agent's own does not tell. */
const addedTo = (own: readonly ValueRow[], more: readonly ValueRow[]): ValueRow[] =>
  more.filter(({ name }) => name === 'activity' || !own.some((row) => row.name === name));

/** From the first sign of life to the last. */
function activityOf(values: readonly ValueRow[]): { first_at: number; last_at: number } | undefined {
  const all = values.filter((row) => row.name === 'activity');
  const first = all.map((row) => row.first_at).filter((at) => at > 0);
  return all.length === 0
    ? undefined
    : {
        first_at: first.length > 0 ? Math.min(...first) : 0,
        last_at: Math.max(...all.map((row) => row.last_at)),
      };
}

/** What the agent booked for the session: it adds up, so the last word counts. */
function reportedCost(values: readonly ValueRow[]): number | null {
  const told = pick(
    values,
    'reportedCost',
    (a, b) => a.last_at - b.last_at || Number(a.value) - Number(b.value),
  );
  return told === null ? null : Number(told);
}

/** The reason of the last end, if the session was not started or used again after it: old agents start it under another id. */
function endReason(values: readonly ValueRow[]): string | null {
  const last = (name: string): number =>
    Math.max(0, ...values.filter((row) => row.name === name).map((row) => row.last_at));
  const end = last('ended');
  if (end === 0 || last('started') > end || last('process') > end) return null;
  return pick(values, 'endReason', (a, b) => a.last_at - b.last_at) ?? 'other';
}

function pick(
  values: readonly ValueRow[],
  name: string,
  order: (a: ValueRow, b: ValueRow) => number,
): string | null {
  let best: ValueRow | undefined;
  for (const row of values) {
    if (row.name !== name) continue;
    const by = best ? order(row, best) : 1;
    if (by > 0 || (by === 0 && row.value > (best?.value ?? ''))) best = row;
  }
  return best?.value ?? null;
}
