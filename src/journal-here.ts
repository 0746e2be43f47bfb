// Work, skills, metrics, notes and decisions as the library offers them. What is recorded is kept when a function returns
// it; what came before is taken in first, so that what is open is known.
import type { Connection } from './connection.ts';
import {
  createRecorder,
  decisionRecord,
  listDecisions,
  listMetrics,
  listNotes,
  listSkillUses,
  listWork,
  metricRecord,
  noSession,
  noteRecord,
  sessionMeant,
  sessionVariable,
  skillRecord,
  statusRecord,
  workGoingOn,
  workMeant,
  workOn,
  workRecord,
} from './journal/index.ts';
import type {
  Decision,
  DecisionFilter,
  Metric,
  NewDecision,
  NewRecord,
  Note,
  SkillFilter,
  SkillUse,
  Work,
  WorkChange,
  WorkFilter,
} from './journal/index.ts';
import { ClewError } from './model/index.ts';
import type { Config, Context } from './model/index.ts';
import type { Moment } from './query/index.ts';
import { sessionAbove } from './recover/index.ts';

/** Which session a record is for. */
export interface ForSession {
  /** Its id; without one, that in `CLEW_SESSION_ID`, that of the agent that runs this, or the one at work in this folder. */
  readonly session?: string | undefined;
  /** Who records it, where that is not the session's agent. */
  readonly by?: string | undefined;
}

/** All of them throw NOT_FOUND or AMBIGUOUS for a session that is not one, BAD_INPUT, NO_SPACE, and BUSY where another clew imports. */
export interface JournalHere {
  /** Of who is at work on it already in this session, the first begin counts. */
  startWork(
    issue: string,
    options?: ForSession & { readonly rationale?: string | undefined },
  ): Promise<WorkChange>;
  /** The issue of an open work has another status. Throws NOT_FOUND where nobody is at work on it. */
  setWorkStatus(issue: string, status: string, options?: ForSession): Promise<WorkChange>;
  /**
   * Ends a work: by its id, by its issue, or the open one of the session. One that is over stays as it ended first. Throws
   * NOT_FOUND, AMBIGUOUS.
   */
  finishWork(
    id?: string,
    options?: ForSession & { readonly notes?: string | undefined },
  ): Promise<WorkChange>;
  /** The latest first. */
  work(filter?: WorkFilter): Work[];
  /** `contextAdded`: tokens. */
  useSkill(
    skill: string,
    options?: ForSession & {
      readonly contextAdded?: number | undefined;
      readonly issue?: string | undefined;
    },
  ): Promise<SkillUse>;
  /** The latest first: those recorded, and those that transcripts tell of. */
  skillUses(filter?: SkillFilter): SkillUse[];
  recordMetric(
    name: string,
    value: number,
    options?: ForSession & { readonly metadata?: unknown },
  ): Promise<Metric>;
  /** Those of a session with what clew computes of it; without one, all that were recorded. */
  metrics(session?: string): Metric[];
  /** The latest first. */
  notes(session?: string): Note[];
  recordNote(text: string, options?: ForSession): Promise<Note>;
  recordDecision(decision: NewDecision, options?: ForSession): Promise<Decision>;
  /** The latest first: those recorded, and those that transcripts tell of. */
  decisions(filter?: DecisionFilter): Decision[];
}

export function journalHere(
  context: Context,
  config: Config,
  { db, guarded }: Pick<Connection, 'db' | 'guarded'>,
  moment: () => Moment,
  takeIn: () => Promise<unknown>,
): JournalHere {
  const recorder = createRecorder(context, config);
  const meant = (given?: string): string | undefined =>
    sessionMeant(db(), moment(), context, given ?? ofAgentAbove());
  /** The session of the agent that runs this process, where none is named. */
  const ofAgentAbove = (): string | undefined =>
    context.env[sessionVariable] ? undefined : sessionAbove(db(), context, config, process.ppid);
  const known = (given: string | undefined): string | undefined =>
    given === undefined ? undefined : meant(given);

  /** Outside of sessions, the user. */
  const recorderOf = (session: string | undefined, by: string | undefined): string | undefined =>
    by ?? (session === undefined ? context.env['USER'] || undefined : undefined);

  /** Takes in what there is, records what `make` makes of it, and takes that in; then `read` tells it. */
  async function recording<T>(
    { session: given, by }: ForSession,
    make: (session: string | undefined) => NewRecord,
    read: (record: NewRecord & { readonly id: string }, session: string | undefined) => T | undefined,
  ): Promise<T> {
    await takeIn();
    const session = guarded(() => meant(given));
    const record = {
      session,
      root: context.cwd,
      by: recorderOf(session, by),
      ...guarded(() => make(session)),
    };
    const id = recorder.record(record);
    await takeIn();
    const told = guarded(() => read({ ...record, id }, session));
    if (told !== undefined) return told;
    throw new ClewError('BUSY', 'another clew is importing', 'it is kept, and will be shown after that');
  }
  /** A step of a work, unless it `stands` so already. */
  async function step(
    how: ForSession,
    stands: (session: string | undefined) => Work | undefined,
    make: (session: string | undefined) => NewRecord,
  ): Promise<WorkChange> {
    await takeIn();
    const before = guarded(() => stands(meant(how.session)));
    if (before) return { ...before, changed: false };
    const work = await recording(how, make, ({ id, subject, parent }) =>
      listWork(db(), { issue: subject ?? undefined }).find((one) => one.id === (parent ?? id)),
    );
    return { ...work, changed: true };
  }

  return {
    startWork: (issue, { rationale, ...how } = {}) =>
      step(
        how,
        (session) => workGoingOn(db(), issue, session, recorderOf(session, how.by)),
        () => workRecord(issue, rationale),
      ),
    setWorkStatus: (issue, status, how = {}) =>
      step(
        how,
        (session) => {
          const work = workOn(db(), issue, session);
          return work.status === status ? work : undefined;
        },
        (session) => statusRecord(workOn(db(), issue, session), status),
      ),
    async finishWork(given, { notes, ...how } = {}) {
      await takeIn();
      const named = how.session !== undefined || given === undefined;
      const work = guarded(() => workMeant(db(), given, named ? meant(how.session) : undefined));
      const record = { kind: 'work_done', subject: work.issue, parent: work.id, text: notes } as const;
      return step(
        { ...how, session: work.session ?? how.session },
        () => (work.completed ? work : undefined),
        () => record,
      );
    },
    work: ({ session, ...filter } = {}) =>
      guarded(() => listWork(db(), { ...filter, session: known(session) })),
    useSkill: (skill, { contextAdded, issue, ...how } = {}) =>
      recording(
        how,
        (session) => {
          if (session === undefined) throw noSession(`${skill} was used in some session`);
          return skillRecord(skill, contextAdded, issue);
        },
        ({ id }) => listSkillUses(db(), { skill }).find((one) => one.id === id),
      ),
    skillUses: ({ session, ...filter } = {}) =>
      guarded(() => listSkillUses(db(), { ...filter, session: known(session) })),
    recordMetric: (name, value, { metadata, ...how } = {}) =>
      recording(
        how,
        () => metricRecord(name, value, metadata),
        ({ id }, session) => listMetrics(db(), moment(), session).find((one) => one.id === id),
      ),
    metrics: (session) => guarded(() => listMetrics(db(), moment(), known(session))),
    notes: (session) => guarded(() => listNotes(db(), known(session))),
    recordNote: (text, how = {}) =>
      recording(
        how,
        () => noteRecord(text),
        ({ id }, session) => listNotes(db(), session).find((one) => one.id === id),
      ),
    recordDecision: (decision, how = {}) =>
      recording(
        how,
        () => decisionRecord(decision),
        ({ id }, session) => listDecisions(db(), { session }).find((one) => one.id === id),
      ),
    decisions: ({ session, ...filter } = {}) =>
      guarded(() => listDecisions(db(), { ...filter, session: known(session) })),
  };
}
