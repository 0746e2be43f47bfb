// Why something is as it is: from what was found (find.ts) to the prompts, the decisions and the work behind it.
import type { AgentName } from '../../model/index.ts';
import type { Db } from '../../store/index.ts';
import { listDecisions } from '../decisions.ts';
import type { Decision } from '../decisions.ts';
import { listWork } from '../work.ts';
import { promptsOf, turnAt } from './operations.ts';
import type { Found, Why, WhyOperation, WhySession } from './types.ts';

export { whyCommit, whyIssue, whyLine, whyOperation, whyUnknownCommit } from './find.ts';
export type { LineOrigin } from './find.ts';
export { whyNamedIssue } from './named-issue.ts';
export type { Why, WhyCommit, WhyOperation, WhyPrompt, WhySession, WhyTarget } from './types.ts';

/** Decisions of a session before the turn: the latest of them are told. */
const maxEarlier = 5;

export function reasonsFor(db: Db, { issue, ...found }: Found): Why {
  const { target, certainty, how, operations, commits } = found;
  const ids = [...new Set([...operations.map((one) => one.session), ...found.sessions])];
  const work = (issue === undefined ? workAround(db, operations) : listWork(db, { issue })).toReversed();
  const begun = work.flatMap(({ session, startedAt }) =>
    session === null ? [] : (turnAt(db, session, Date.parse(startedAt)) ?? []),
  );
  const turns = [...operations.flatMap((one) => one.turn ?? []), ...(found.turns ?? [])];
  return {
    target,
    certainty,
    how,
    sessions: sessionsNamed(db, ids),
    prompts: promptsOf(db, [...new Set(issue === undefined ? turns : [...turns, ...begun])]),
    decisions:
      issue === undefined ? decisionsBefore(db, operations) : listDecisions(db, { issue }).toReversed(),
    operations,
    commits,
    work,
  };
}

function sessionsNamed(db: Db, ids: readonly string[]): WhySession[] {
  return db
    .prepare<[string], { id: string; agent: AgentName; title: string | null }>(
      `SELECT id, agent, title FROM session WHERE id IN (SELECT value FROM json_each(?)) ORDER BY started_at, id`,
    )
    .all(JSON.stringify(ids));
}

/** Those of the operations' turns that came before the operation, and the session's latest before those. */
function decisionsBefore(db: Db, operations: readonly WhyOperation[]): Decision[] {
  const chosen = new Map<string, Decision>();
  for (const [session, own] of Map.groupBy(operations, (one) => one.session)) {
    const last = own.at(-1)?.at ?? null;
    const turns = new Set(own.map((one) => one.turn));
    const before = listDecisions(db, { session }).filter((one) => last === null || one.at <= last);
    const ofTurn = before.filter((one) => turns.has(one.turn ?? turnAt(db, session, Date.parse(one.at))));
    const earlier = before.filter((one) => !ofTurn.includes(one)).slice(0, maxEarlier);
    for (const one of [...ofTurn, ...earlier]) chosen.set(one.id, one);
  }
  return [...chosen.values()].toSorted((a, b) => (a.at < b.at ? -1 : 1));
}

/** Work that went on in the operations' sessions at their time. */
function workAround(db: Db, operations: readonly WhyOperation[]): Why['work'] {
  return [...new Set(operations.map((one) => one.session))].flatMap((session) =>
    listWork(db, { session }).filter(({ startedAt, endedAt }) =>
      operations.some(
        ({ session: of, at }) =>
          of === session && at !== null && at >= startedAt && (endedAt === null || at <= endedAt),
      ),
    ),
  );
}
