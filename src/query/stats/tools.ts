// What tools did: how often, how it ended, how long it took, and what it cost to have the model ask for it.
import { toMicros } from '../../model/index.ts';
import type { Db } from '../../store/index.ts';
import { durationsOf, outcomesOf } from './calls.ts';
import type { Call } from './calls.ts';
import type { SlowOperation, ToolStats } from './types.ts';

export function toolStats(calls: readonly Call[]): ToolStats[] {
  return [...Map.groupBy(calls, (call) => call.name)]
    .map(([name, all]) => ({
      name,
      type: all[0]?.type ?? 'other',
      ...outcomesOf(all),
      durations: durationsOf(all.map((call) => call.duration)),
      tokens: Math.round(all.reduce((n, call) => n + call.tokens / call.siblings, 0)),
      cost: toMicros(0, Math.round(all.reduce((n, call) => n + call.cost / call.siblings, 0))),
    }))
    .toSorted((a, b) => b.calls - a.calls || (a.name < b.name ? -1 : 1));
}

export function slowest(db: Db, calls: readonly Call[], count: number): SlowOperation[] {
  const text = db.prepare<[string], { text: string }>('SELECT text FROM entry WHERE key = ?');
  return calls
    .filter((call) => call.duration !== null)
    .toSorted((a, b) => (b.duration ?? 0) - (a.duration ?? 0))
    .slice(0, count)
    .map(({ id, session, name, duration }) => ({
      id,
      session,
      name,
      target: text.get(id)?.text.split('\n')[0] ?? '',
      durationMs: duration ?? 0,
    }));
}
