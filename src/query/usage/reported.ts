// What agents reported for the sessions of a row, and what can make it differ from what clew computed.
import type { Db } from '../../store/index.ts';
import { computedOf } from './figures.ts';
import type { Sums } from './figures.ts';
import type { Sessions } from './sessions.ts';
import { reportedFor } from './tally.ts';
import type { Tally } from './tally.ts';
import type { ReportedSession } from './types.ts';

export function reportedSessions(db: Db, tally: Tally, sessions: Sessions): ReportedSession[] {
  const seen = db.prepare<[string], { compactions: number; parent: string | null; copied: number }>(
    'SELECT compactions, parent, messages_seen > messages AS copied FROM session WHERE id = ?',
  );
  return [...tally.sessions].flatMap(([session, part]) => {
    const reported = reportedFor(sessions, session, part);
    if (reported === undefined) return [];
    const computed = computedOf(part);
    const difference = reported - computed;
    const reasons = difference === 0 ? [] : reasonsFor(part, difference, seen.get(session));
    return [{ session, computed, reported, difference, reasons }];
  });
}

function reasonsFor(
  part: Sums,
  difference: number,
  seen: { compactions: number; parent: string | null; copied: number } | undefined,
): string[] {
  const more = difference > 0;
  return [
    more && seen && seen.compactions > 0
      ? `the requests of ${seen.compactions} compaction${seen.compactions === 1 ? '' : 's'} are in no message`
      : '',
    more && part.lower_bounds > 0
      ? `${part.lower_bounds} output counts are only those of the stream's start`
      : '',
    more && part.unpriced > 0 ? `${part.unpriced} tokens have no price here` : '',
    more && seen && (seen.parent !== null || seen.copied === 1)
      ? 'the agent counts what the session copied from the one that it went on from'
      : '',
    more ? 'requests that the agent does not write down: titles, broken-off answers' : '',
    'the agent may have used other prices, or rounded',
  ].filter(Boolean);
}
