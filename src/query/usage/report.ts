// A report of use and cost: rows that add up to their total.
import type { Db } from '../../store/index.ts';
import { iso } from '../rows.ts';
import { activeBlock } from './active-block.ts';
import { boundsOf, gather } from './gather.ts';
import type { Gathered, GatheredRow } from './gather.ts';
import { isPeriod } from './periods.ts';
import type { Sessions } from './sessions.ts';
import { breakdownOf, figuresOfShare, modelName, modelsOf, sumOf, unpricedOf } from './tally.ts';
import type { UsageOptions, UsageReport, UsageRow } from './types.ts';

/** What an agent does not write down of use and cost, in words. */
export type MissingOf = (agent: string) => readonly string[];

export function usageReport(db: Db, options: UsageOptions, now: number, missingOf: MissingOf): UsageReport {
  const gathered = gather(db, options, now);
  const { groups, calendar, sessions, span, rows, total } = gathered;
  const [group = 'day', by = null] = groups;
  const limit = Math.min(options.limit ?? Infinity, rows.length);
  // Of times the latest are meant, of anything else what cost most.
  const shown = isPeriod(group) ? rows.slice(rows.length - limit) : rows.slice(0, limit);
  const left = rows.filter((row) => !shown.includes(row));
  return {
    group,
    by,
    timezone: calendar.zone.name,
    ...boundsOf(span),
    rows: shown.map((row) => rowOf(row, gathered, options)),
    others:
      left.length === 0
        ? null
        : { rows: left.length, ...figuresOfShare(sumOf(left.map((row) => row.tally)), sessions) },
    total: figuresOfShare(total, sessions),
    unpriced: unpricedOf(total),
    missing: [...new Set(total.sessions.keys().map((id) => sessions.of(id).agent))]
      .map((agent) => ({ agent, notes: missingOf(agent) }))
      .filter(({ notes }) => notes.length > 0),
    active: group === '5h' && by === null ? activeBlock(db, gathered, options, now) : null,
  };
}

export function rowOf(
  { key, values, period, tally }: GatheredRow,
  { groups, sessions }: Gathered,
  { breakdown }: UsageOptions,
): UsageRow {
  return {
    key,
    group: values[0]!,
    by: values[1] ?? null,
    title: titleOf(groups, values, sessions),
    from: period ? iso(period.start) : null,
    until: period ? iso(period.end) : null,
    ...figuresOfShare(tally, sessions),
    models: modelsOf(tally).map(([model]) => modelName(model)),
    ...(breakdown && { breakdown: breakdownOf(tally, sessions) }),
  };
}

function titleOf(groups: Gathered['groups'], values: readonly string[], sessions: Sessions): string | null {
  const session = values[groups.indexOf('session')];
  return session === undefined ? null : sessions.of(session).title;
}
