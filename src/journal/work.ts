// Work: the time that an agent or a person spent on one issue. Its begin, each change of the issue's status and its end are
// records; what it amounts to is folded from them, and the first end is the one that counts.
import { ClewError, shortId } from '../model/index.ts';
import type { Db } from '../store/index.ts';
import type { NewRecord } from './recorder.ts';
import { agentNamer, recordsOf } from './records.ts';
import type { StoredRecord } from './records.ts';

export interface StatusChange {
  readonly at: string;
  readonly status: string;
  readonly by: string | null;
}

export interface Work {
  readonly id: string;
  readonly issue: string;
  readonly session: string | null;
  /** Who worked on it: a user, or an agent by name. */
  readonly agent: string | null;
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** What the issue's status was last said to be; null where nothing was said. */
  readonly status: string | null;
  readonly statusChanges: readonly StatusChange[];
  readonly rationale: string | null;
  readonly notes: string | null;
  readonly completed: boolean;
}

/** A work after a step of it. */
export interface WorkChange extends Work {
  /** False where it stood so before, and nothing was recorded. */
  readonly changed: boolean;
}

export interface WorkFilter {
  readonly issue?: string | undefined;
  readonly session?: string | undefined;
  /** Milliseconds: begun at or after. */
  readonly since?: number | undefined;
  readonly open?: boolean | undefined;
}

/** The latest first. */
export function listWork(db: Db, filter: WorkFilter = {}): Work[] {
  const conditions: string[] = [];
  const values: (string | number)[] = [];
  const add = (sql: string, ...bound: (string | number)[]): void => {
    conditions.push(`(${sql})`);
    values.push(...bound);
  };
  if (filter.issue !== undefined) add('r.subject = ?', filter.issue);
  if (filter.session !== undefined) add('r.session = ?', filter.session);
  if (filter.since !== undefined) add('r.at >= ?', filter.since);
  const begun = recordsOf(db, ['work'], conditions.join(' AND ') || '1', ...values);
  const nameOf = agentNamer(db);
  const work = begun.map((record) => foldWork(record, stepsOf(db, record.id), nameOf(record.session)));
  return work.filter((one) => filter.open !== true || !one.completed).toReversed();
}

const stepsOf = (db: Db, work: string): StoredRecord[] =>
  recordsOf(db, ['work_status', 'work_done'], 'r.parent = ?', work);

function foldWork(begun: StoredRecord, steps: readonly StoredRecord[], agent: string | null): Work {
  const end = steps.find((step) => step.kind === 'work_done');
  const statusChanges = steps.flatMap((step) => {
    const status = step.data['status'];
    return step.kind === 'work_status' && typeof status === 'string'
      ? [{ at: new Date(step.at).toISOString(), status, by: step.by }]
      : [];
  });
  return {
    id: begun.id,
    issue: begun.subject ?? '',
    session: begun.session,
    agent: begun.by ?? agent,
    startedAt: new Date(begun.at).toISOString(),
    endedAt: end ? new Date(end.at).toISOString() : null,
    status: statusChanges.at(-1)?.status ?? null,
    statusChanges,
    rationale: begun.text || null,
    notes: end?.text || null,
    completed: end !== undefined,
  };
}

/** The record that begins it. Throws BAD_INPUT. */
export function workRecord(issue: string, rationale?: string): NewRecord {
  return { kind: 'work', subject: worded(issue, 'the issue'), text: rationale };
}

/** What the same one has begun on an issue and not ended: an agent of a session, or a user outside of sessions. */
export function workGoingOn(
  db: Db,
  issue: string,
  session: string | undefined,
  by: string | undefined,
): Work | undefined {
  const of = session ?? null;
  const agent = by ?? agentNamer(db)(of);
  return listWork(db, { issue, open: true }).find((one) => one.session === of && one.agent === agent);
}

/** The record of an issue's new status, on the open work that it belongs to. Throws BAD_INPUT. */
export const statusRecord = (work: Work, status: string): NewRecord => ({
  kind: 'work_status',
  subject: work.issue,
  parent: work.id,
  data: { status: worded(status, 'the status') },
});

/** The open work on an issue: that of the session, if it has one. Throws NOT_FOUND, BAD_INPUT. */
export function workOn(db: Db, issue: string, session: string | undefined): Work {
  const open = listWork(db, { issue: worded(issue, 'the issue'), open: true });
  const [work] = open.toSorted((a, b) => Number(b.session === session) - Number(a.session === session));
  if (!work)
    throw new ClewError(
      'NOT_FOUND',
      `nobody is at work on ${issue}`,
      `begin with \`clew work start ${issue}\`; \`clew work list\` shows what there was`,
    );
  return work;
}

/**
 * The work that is meant: by its id or the beginning of one, by its issue, or else the one that is open in the session.
 * Throws NOT_FOUND, AMBIGUOUS.
 */
export function workMeant(db: Db, given: string | undefined, session: string | undefined): Work {
  const mine = (one: Work): boolean => session === undefined || one.session === session;
  if (given === undefined) {
    const open = listWork(db, { open: true });
    // Without a session, what nobody's session is.
    return only(
      open.filter((one) => one.session === (session ?? null)),
      session === undefined ? 'outside of sessions' : `in session ${shortId(session)}`,
    );
  }
  const all = listWork(db);
  const exact = all.find((one) => one.id === given);
  if (exact) return exact;
  const ofIssue = all.filter((one) => one.issue === given && !one.completed);
  if (ofIssue.length > 0) {
    const own = ofIssue.filter(mine);
    return only(own.length > 0 ? own : ofIssue, `on ${given}`);
  }
  const begun = all.filter((one) => one.id.startsWith(given));
  if (begun.length > 0) return only(begun, `that begins with "${given}"`);
  // Over already: the latest tells when.
  const over = all.find((one) => one.issue === given);
  return over ?? only([], `with the id or the issue "${given}"`);
}

function only(found: readonly Work[], where: string): Work {
  const [one, another] = found;
  if (one && !another) return one;
  if (!one)
    throw new ClewError(
      'NOT_FOUND',
      `no open work ${where}`,
      '`clew work start ISSUE` begins one; `clew work list` shows what there was',
    );
  const names = found.slice(0, 5).map((work) => `${shortId(work.id)} on ${work.issue}`);
  throw new ClewError(
    'AMBIGUOUS',
    `several open ${where}: ${names.join(', ')}${found.length > 5 ? ', …' : ''}`,
    'name one: `clew work done ID`',
  );
}

function worded(text: string, what: string): string {
  if (text.trim() !== '') return text;
  throw new ClewError('BAD_INPUT', `${what} is empty`, 'give it a name');
}
