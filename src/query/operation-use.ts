// What an operation used and cost: its part of the response that asked for it. A response's tokens and cost are shared evenly
// among its calls, and what is left over goes to the first of them, so that the parts add up to the response exactly.
import { toMicros } from '../model/index.ts';
import type { Tokens } from '../model/index.ts';
import type { Db } from '../store/index.ts';
import { tokensOf } from './rows.ts';
import type { TokenColumns } from './rows.ts';
import type { Cost, OperationUse } from './types.ts';

interface Asked {
  readonly id: string;
  readonly message: string;
}
interface Response extends TokenColumns {
  readonly id: string;
  readonly cost: number | null;
  readonly cost_high: number | null;
  readonly reported: number | null;
}

/** Codex tells what a response used behind the calls that it asked for, and does not name it there. */
const next = `(SELECT n.id FROM message n WHERE n.session = o.session AND n.run = o.run AND n.at >= o.at
  ORDER BY n.at, n.pos LIMIT 1)`;

/** By operation, for all of a session; those whose response is not known are not in it. */
export function usesOf(db: Db, session: string): Map<string, OperationUse> {
  const asked = db
    .prepare<[string], Asked>(
      `SELECT o.id, coalesce(o.message, ${next}) AS message FROM operation o JOIN entry e ON e.key = o.id
       WHERE o.session = ? AND o.name <> '' ORDER BY o.at, e.pos, o.id`,
    )
    .all(session);
  const find = db.prepare<[string], Response>(
    `SELECT id, input, output, cache_read, cache_write_5m, cache_write_1h, cost, cost_high, reported
     FROM message WHERE id = ?`,
  );
  const uses = new Map<string, OperationUse>();
  for (const [message, calls] of Map.groupBy(asked, (one) => one.message)) {
    const response = find.get(message);
    if (!response) continue;
    for (const [i, { id }] of calls.entries()) uses.set(id, partOf(response, i, calls.length));
  }
  return uses;
}

function partOf(response: Response, i: number, of: number): OperationUse {
  const part = (n: number): number => Math.floor(n / of) + (i < n % of ? 1 : 0);
  const tokens = tokensOf(response);
  const parts = Object.fromEntries(
    Object.entries(tokens).map(([kind, n]) => [kind, part(n)]),
  ) as unknown as Tokens;
  const cost: Cost = {
    computed: part(toMicros(0, response.cost ?? 0)),
    highest: part(toMicros(0, response.cost_high ?? response.cost ?? 0)),
    unpricedTokens: response.cost === null ? Object.values(parts).reduce((n, one) => n + one, 0) : 0,
    reported: response.reported === null ? null : part(response.reported),
  };
  return { tokens: parts, cost, sharedAmong: of };
}
