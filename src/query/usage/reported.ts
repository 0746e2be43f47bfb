// What agents reported for the sessions of a row, and what can make it differ from what clew computed.
import { moneyText, toMicros } from '../../model/index.ts';
import type { Db } from '../../store/index.ts';
import { costState } from '../session-detail.ts';
import { allTokens, computedOf } from './figures.ts';
import type { Sums } from './figures.ts';
import type { Sessions } from './sessions.ts';
import { reportedFor } from './tally.ts';
import type { Tally } from './tally.ts';
import type { ReportedSession } from './types.ts';

interface Seen {
  readonly compactions: number;
  /** Responses that the session holds and that are counted for the one that it went on from. */
  readonly copied: number;
  /** Micro-dollars. */
  readonly copiedCost: number;
  /** Tokens that the agent's own account has above all that. */
  readonly beside: number;
}

export function reportedSessions(
  db: Db,
  tally: Tally,
  sessions: Sessions,
  bookedTokens: (costState: unknown) => number | undefined,
): ReportedSession[] {
  const compactions = db.prepare<[string], { compactions: number }>(
    'SELECT compactions FROM session WHERE id = ?',
  );
  const copies = db.prepare<[string, string], { n: number; cost: number; rest: number; tokens: number }>(
    `SELECT count(*) AS n, coalesce(sum(m.input + m.output + m.cache_read + m.cache_write_5m + m.cache_write_1h), 0) AS tokens,
       coalesce(sum(m.cost), 0) / 1000000 AS cost, coalesce(sum(m.cost), 0) % 1000000 AS rest
     FROM (SELECT DISTINCT id FROM message_copy WHERE session = ?) c JOIN message m ON m.id = c.id WHERE m.session <> ?`,
  );
  return [...tally.sessions].flatMap(([session, part]) => {
    const reported = reportedFor(sessions, session, part);
    if (reported === undefined) return [];
    const computed = computedOf(part);
    const difference = reported - computed;
    const { n, cost, rest, tokens } = copies.get(session, session)!;
    const booked = bookedTokens(costState(db, session)) ?? 0;
    const seen: Seen = {
      compactions: compactions.get(session)?.compactions ?? 0,
      copied: n,
      copiedCost: toMicros(cost, rest),
      beside: Math.max(0, booked - tokens - allTokens(part)),
    };
    return [
      {
        session,
        computed,
        reported,
        difference,
        reasons: difference === 0 ? [] : reasonsFor(part, difference, seen),
      },
    ];
  });
}

/** Ends with what can always be; what is on record, and can be told in figures, comes first. */
function reasonsFor(
  part: Sums,
  difference: number,
  { compactions, copied, copiedCost, beside }: Seen,
): string[] {
  const other = 'the agent may have used other prices, or have rounded';
  if (difference < 0) return [other];
  return [
    copied > 0
      ? `${moneyText(copiedCost)} of ${copied} responses that the session copied and that are counted where they come from`
      : '',
    beside > 0 ? `${beside} tokens that the agent counted are in no message` : '',
    compactions > 0
      ? `requests of compactions, of which there were ${compactions}, may be in no message`
      : '',
    part.lower_bounds > 0 ? `${part.lower_bounds} output counts are only those of the stream's start` : '',
    part.unpriced > 0 ? `${part.unpriced} tokens have no price here` : '',
    'requests that the agent does not write down: titles, broken-off answers',
    other,
  ].filter(Boolean);
}
