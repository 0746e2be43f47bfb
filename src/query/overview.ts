// What is going on: running and recent sessions, what today has used, what needs a look.
import { bucketMs } from '../store/index.ts';
import type { Db } from '../store/index.ts';
import { listSessions } from './sessions.ts';
import { costOf, sumCosts, sumTokens, tokensOf } from './rows.ts';
import type { CostColumns, Moment, TokenColumns } from './rows.ts';
import type { Overview } from './types.ts';

const recentSessions = 10;

/** `dayStart`: when today began where the user is, milliseconds since the epoch. */
export function overviewOf(db: Db, moment: Moment, dayStart: number): Overview {
  const one = (sql: string, ...values: unknown[]): unknown => db.prepare(sql).get(...values);
  const recent = listSessions(db, moment, { limit: recentSessions });
  const running = [
    ...recent.filter((row) => row.status === 'active'),
    ...otherRunning(
      db,
      moment,
      recent.map((row) => row.id),
    ),
  ];
  const used = one(
    `SELECT sum(messages) AS messages, count(DISTINCT session) AS sessions, sum(lower_bounds) AS lower_bounds, ${sumTokens}, ${sumCosts}
     FROM usage WHERE bucket >= ?`,
    Math.ceil(dayStart / bucketMs),
  ) as TokenColumns &
    CostColumns & { messages: number | null; sessions: number; lower_bounds: number | null };
  const done = one(
    `SELECT count(*) AS n, sum(o.is_error) AS errors FROM session s JOIN operation o ON o.session = s.id WHERE s.ended_at >= ? AND o.at >= ? AND o.name <> ''`,
    dayStart,
    dayStart,
  ) as { n: number; errors: number | null };
  return {
    sessions: (one('SELECT count(*) AS n FROM session') as { n: number }).n,
    running,
    recent,
    today: {
      tokens: tokensOf(used),
      messages: used.messages ?? 0,
      sessions: used.sessions,
      operations: done.n,
      errors: done.errors ?? 0,
      outputIsLowerBound: (used.lower_bounds ?? 0) > 0,
      cost: costOf(used),
    },
    attention: attention(db, moment),
  };
}

/** Sessions whose process runs though they have been quiet for long. */
function otherRunning(db: Db, moment: Moment, shown: readonly string[]): Overview['running'] {
  const quiet = [...moment.processes]
    .filter(([id, state]) => state === 'running' && !shown.includes(id))
    .map(([id]) => id);
  return quiet.length === 0
    ? []
    : listSessions(db, moment, { status: 'active' }).filter((row) => quiet.includes(row.id));
}

function attention(db: Db, moment: Moment): Overview['attention'] {
  const notes: { kind: string; message: string; hint: string }[] = [];
  for (const [id, state] of moment.processes) {
    if (state !== 'gone') continue;
    const title = db
      .prepare<[string], { title: string | null }>('SELECT title FROM session WHERE id = ?')
      .get(id);
    if (title)
      notes.push({
        kind: 'interrupted',
        message: `session ${id.slice(0, 8)} ended without a word: ${title.title ?? 'untitled'}`,
        hint: `clew resume ${id.slice(0, 8)}`,
      });
  }
  const bad = db
    .prepare<[], { n: number; sources: number }>(
      "SELECT coalesce(sum(count), 0) AS n, count(DISTINCT source) AS sources FROM oddity WHERE kind IN ('bad-line', 'long-line', 'reader-failure')",
    )
    .get();
  if (bad && bad.n > 0)
    notes.push({
      kind: 'unread',
      message: `${plural(bad.n, 'line')} in ${plural(bad.sources, 'source')} could not be read; kept all the same`,
      hint: 'clew doctor',
    });
  return notes;
}

const plural = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
