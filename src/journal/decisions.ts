// Decisions: a question, the options, the one taken, and why. Recorded on purpose, told as an event of the activity log, or
// found in transcripts, where an agent asked its user or put a plan before him. All are told in one shape.
import { ClewError } from '../model/index.ts';
import type { Db } from '../store/index.ts';
import type { NewRecord } from './recorder.ts';
import { ofKind, recordsOf, where } from './records.ts';
import type { StoredRecord } from './records.ts';

export interface Decision {
  readonly id: string;
  readonly at: string;
  /** `recorded` on purpose; `question`: the agent asked its user; `plan`: a plan was approved or rejected. */
  readonly kind: 'recorded' | 'question' | 'plan';
  readonly session: string | null;
  readonly turn: string | null;
  readonly operation: string | null;
  /** Who recorded it, or `user` where an agent asked; null where that is not told. */
  readonly by: string | null;
  readonly issue: string | null;
  readonly question: string;
  readonly options: readonly string[];
  /** null where no answer was given. */
  readonly selected: string | null;
  readonly rationale: string | null;
  /** From 0 to 1. */
  readonly confidence: number | null;
  /** What else was thought of. */
  readonly alternatives: readonly string[];
}

export interface NewDecision {
  readonly question: string;
  readonly options?: readonly string[] | undefined;
  readonly selected: string;
  readonly rationale?: string | undefined;
  readonly confidence?: number | undefined;
  readonly alternatives?: readonly string[] | undefined;
  readonly issue?: string | undefined;
  readonly operation?: string | undefined;
  /** Allows an answer that is none of the options. */
  readonly free?: boolean | undefined;
}

export interface DecisionFilter {
  readonly session?: string | undefined;
  readonly issue?: string | undefined;
  /** Milliseconds: decided at or after, at or before. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

/** Throws BAD_INPUT. */
export function decisionRecord(told: NewDecision): NewRecord {
  const { question, selected, rationale, confidence, issue, operation } = told;
  const { options = [], alternatives = [] } = told;
  const bad = (message: string, hint: string): ClewError => new ClewError('BAD_INPUT', message, hint);
  if (question.trim() === '') throw bad('the question is empty', 'say what was to be decided');
  if (selected.trim() === '') throw bad('nothing was selected', 'say what was decided: --selected ANSWER');
  if (!told.free && options.length > 0 && !options.includes(selected))
    throw bad(
      `"${selected}" is none of the options: ${options.join(', ')}`,
      'select one of them, or allow any answer with --free',
    );
  if (confidence !== undefined && !(confidence >= 0 && confidence <= 1))
    throw bad(`the confidence is ${confidence}`, 'give a number from 0 to 1');
  const data = {
    question,
    options,
    selected,
    rationale: rationale ?? null,
    confidence: confidence ?? null,
    alternatives,
  };
  return { kind: 'decision', operation, subject: issue, text: question, data };
}

/** The latest first. */
export function listDecisions(db: Db, filter: DecisionFilter = {}): Decision[] {
  const { issue, since = 0, until = Number.MAX_SAFE_INTEGER } = filter;
  const all = [...recorded(db, filter), ...captured(db, filter)].filter((one) => {
    const at = Date.parse(one.at);
    return at >= since && at <= until;
  });
  const chosen = issue === undefined ? all : all.filter(within(db, issue));
  return chosen.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? -1 : 1));
}

/** An issue's decisions: recorded for it, or made in a session while that was at work on it. */
function within(db: Db, issue: string): (decision: Decision) => boolean {
  const works = db
    .prepare<[string], { session: string; from: number; until: number | null }>(
      `SELECT r.session, r.at AS "from",
         (SELECT min(d.at) FROM record d WHERE d.parent = r.id AND d.kind = 'work_done') AS until
       FROM record r WHERE r.kind = 'work' AND r.subject = ? AND r.session IS NOT NULL`,
    )
    .all(issue);
  return (decision) => {
    if (decision.issue !== null) return decision.issue === issue;
    const at = Date.parse(decision.at);
    return works.some(
      ({ session, from, until }) =>
        session === decision.session && at >= from && (until === null || at <= until),
    );
  };
}

function recorded(db: Db, { session }: DecisionFilter): Decision[] {
  const [ofSession, ...ids] = where('r.session', session);
  return recordsOf(
    db,
    ['decision', 'event'],
    `(r.kind = 'decision' OR r.subject = 'decision') AND ${ofSession}`,
    ...ids,
  ).map(decisionOf);
}

function decisionOf({ data, ...record }: StoredRecord): Decision {
  const word = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
  const words = (value: unknown): string[] =>
    Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  const alternative = word(data['alternative_considered']);
  return {
    id: record.id,
    at: new Date(record.at).toISOString(),
    kind: 'recorded',
    session: record.session,
    turn: null,
    operation: record.operation,
    by: record.by ?? word(data['agent']),
    issue: record.kind === 'decision' ? record.subject : null,
    question: word(data['question']) ?? record.text,
    options: words(data['options']),
    selected: word(data['selected']),
    rationale: word(data['rationale']),
    confidence: typeof data['confidence'] === 'number' ? data['confidence'] : null,
    alternatives: alternative === null ? words(data['alternatives']) : [alternative],
  };
}

interface Asked {
  readonly question?: string;
  readonly options?: readonly string[];
  readonly selected?: string | null;
}
interface Captured {
  readonly key: string;
  readonly session: string;
  readonly turn: string | null;
  readonly at: number;
  readonly detail: string | null;
  readonly plan: string | null;
}

function captured(db: Db, { session }: DecisionFilter): Decision[] {
  const [ofSession, ...ids] = ofKind('decision', session);
  return db
    .prepare<unknown[], Captured>(
      `SELECT e.key, e.session, e.turn, e.at, e.detail,
         (SELECT p.text FROM entry p WHERE p.key = replace(e.key, '|decision', '|plan')) AS plan
       FROM entry e WHERE ${ofSession}
         AND NOT EXISTS (SELECT 1 FROM record r WHERE r.id = e.key)`,
    )
    .all(...ids)
    .flatMap(decisionsIn);
}

/** A plan is one decision; a call that asks may put several questions. */
function decisionsIn({ key, session, turn, at, detail, plan }: Captured): Decision[] {
  const told = (detail === null ? {} : JSON.parse(detail)) as Asked & { asked?: Asked[]; reason?: string };
  const isPlan = told.asked === undefined;
  const operation = key.replace(/\|decision$/, '');
  const { asked = [told] } = told;
  return asked.map((one, i) => ({
    id: asked.length > 1 ? `${key}|${i + 1}` : key,
    at: new Date(at).toISOString(),
    kind: isPlan ? 'plan' : 'question',
    session,
    turn,
    operation,
    by: one.selected ? 'user' : null,
    issue: null,
    question: isPlan ? (plan ?? 'plan') : (one.question ?? ''),
    options: isPlan ? ['approved', 'rejected'] : (one.options ?? []),
    selected: one.selected ?? null,
    rationale: told.reason ?? null,
    confidence: null,
    alternatives: [],
  }));
}
