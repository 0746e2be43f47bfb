// Sessions kept by hand as the library offers them. A step is checked and recorded while nobody else takes anything in, with
// all that was recorded before known: of two starts at once one is refused.
import os from 'node:os';
import { adapters } from './agents/index.ts';
import type { Connection } from './connection.ts';
import {
  activeLike,
  createRecorder,
  endRecord,
  interactionRecord,
  listMetrics,
  pauseRecord,
  resumeRecord,
  snapshotRecord,
  startRecord,
  stateOf,
  updateRecord,
} from './journal/index.ts';
import type {
  Metric,
  NewInteraction,
  NewRecord,
  NewSession,
  SessionEnd,
  SessionUpdate,
  SnapshotContent,
  Step,
} from './journal/index.ts';
import { agentTypes, ClewError } from './model/index.ts';
import type { AgentType, Config, Context, SnapshotType } from './model/index.ts';
import {
  idShortener,
  latestSessionIn,
  listSessions,
  resolve,
  sessionHistory,
  snapshotsOf,
} from './query/index.ts';
import type {
  ContextSnapshot,
  HistoryFilter,
  Interaction,
  Moment,
  SessionDetail,
  SessionFilter,
  SessionRow,
} from './query/index.ts';
import { projectMeant } from './project-meant.ts';
import { sessionContext } from './session-context.ts';
import type { OpenIssue } from './session-context.ts';
import { survey } from './workspace/index.ts';

export interface StartOptions extends Partial<
  Omit<NewSession, 'project' | 'agent' | 'machine' | 'branch' | 'agentType'>
> {
  /** A folder, or the name of a project that clew knows. */
  readonly project: string;
  /** Where left out: that of the agent which this is called from, or of the template, or else claude. */
  readonly agentType?: AgentType | undefined;
  /** Take no context snapshot. */
  readonly noContext?: boolean | undefined;
}

/** A session that was begun. */
export interface StartedSession {
  /** The beginning of the UUID, which every command takes. */
  readonly id: string;
  readonly uuid: string;
  readonly project: string;
  readonly agent: string;
  readonly agentType: AgentType;
  readonly goal: string | null;
  /** Of the agent's own session, where it was begun from within one. */
  readonly agentSession: string | null;
  readonly context: Omit<ContextSnapshot, 'content'> | null;
  /** What puts the session into a shell's environment. */
  readonly export: string;
}

/** What became of a session. */
export interface SessionChange {
  readonly session: SessionReport;
  /** False where it stood so before. */
  readonly changed: boolean;
  readonly note: string | null;
}

export interface SessionReport extends SessionDetail {
  /** From its start to its end, or until now. */
  readonly durationSeconds: number;
  /** For how long of that it was paused. */
  readonly pausedSeconds: number;
  readonly metrics: readonly Metric[];
}

export interface KeptRow extends SessionRow {
  readonly durationSeconds: number;
  readonly commits: number;
}

export interface KeptFilter {
  /** A part of the project's path. */
  readonly project?: string | undefined;
  readonly status?: SessionFilter['status'];
  readonly agentType?: AgentType | undefined;
  readonly limit?: number | undefined;
}

/**
 * All of them take an id or its beginning, of either half of a joined session, and throw NOT_FOUND or AMBIGUOUS for one that is
 * not there; those that record also BAD_INPUT, WRONG_STATE, NO_SPACE, and BUSY where another clew imports for a minute.
 */
export interface SessionsHere {
  /** Throws WRONG_STATE where one of the same project and agent is active, unless `parallel` is given. */
  startSession(options: StartOptions): Promise<StartedSession>;
  pauseSession(id: string): Promise<SessionChange>;
  /** Throws WRONG_STATE as `startSession` does. */
  resumeSession(id: string): Promise<SessionChange>;
  /** The first end counts: another one changes nothing. */
  endSession(id: string, end?: SessionEnd): Promise<SessionChange>;
  updateSession(id: string, update: SessionUpdate): Promise<SessionChange>;
  addInteraction(id: string, told: NewInteraction): Promise<Interaction>;
  snapshotSession(id: string, type?: Exclude<SnapshotType, 'initial'>): Promise<ContextSnapshot>;
  sessionReport(id: string): SessionReport;
  /** The latest started first. */
  keptSessions(filter?: KeptFilter): KeptRow[];
  /** The latest interactions, the earliest of them first. */
  sessionHistory(id: string, filter?: HistoryFilter): Interaction[];
  /** The latest first. */
  contextSnapshots(id: string): ContextSnapshot[];
}

/** What the rest of the library lends. */
export interface SessionParts {
  readonly context: Context;
  readonly config: Config;
  readonly connection: Connection;
  readonly moment: () => Moment;
  readonly takeIn: () => Promise<unknown>;
  readonly detail: (id: string) => SessionDetail;
  readonly handoff: (id: string) => string;
  readonly openIssues: (root: string) => Promise<readonly OpenIssue[]>;
}

const waitMs = 60_000;
const defaultLimit = 20;

export function sessionsHere(parts: SessionParts): SessionsHere {
  const { context, config, connection, moment, takeIn, detail } = parts;
  const { db, guarded, importing } = connection;
  const recorder = createRecorder(context, config);
  const idOf = (given: string): string => resolve(db(), given, ['session']).id;
  /** Under which id records of it are made. */
  const keptId = (id: string): string =>
    db().prepare<[string], { kept: string | null }>('SELECT kept FROM session WHERE id = ?').get(id)?.kept ??
    id;

  /** Does what it is given with all that was recorded known, before anybody else records; then takes that in. */
  async function alone<T>(work: () => T): Promise<T> {
    let done: { readonly result: T } | undefined;
    await importing((ingester) =>
      ingester.run({ quick: true, waitMs, whileAlone: () => (done = { result: work() }) }),
    );
    if (!done)
      throw new ClewError(
        'BUSY',
        'another process has been importing for a minute',
        'wait for it, or end it',
      );
    await takeIn();
    return done.result;
  }

  function refuseSecond(
    like: { project: string; agentType: string; agentName: string | null },
    own?: string,
  ): void {
    const other = activeLike(db(), moment(), like).find((one) => one.id !== own);
    if (!other) return;
    const id = idShortener(db())(other.id);
    const named = like.agentName === null ? like.agentType : `${like.agentType} "${like.agentName}"`;
    throw new ClewError(
      'WRONG_STATE',
      `a session of ${named} is active in ${like.project} already: ${id}${other.goal === null ? '' : ` (${other.goal})`}, since ${new Date(other.startedAt).toISOString()}`,
      `\`clew session end ${id}\` ends it, also where its agent crashed; \`--parallel\` starts another one beside it`,
    );
  }

  async function change(given: string, make: (id: string) => Step): Promise<SessionChange> {
    const { id, note, changed } = await alone(() => {
      const found = idOf(given);
      const step = make(found);
      if (step.record) recorder.record(step.record);
      return { id: found, note: step.note, changed: step.record !== undefined };
    });
    return guarded(() => ({ session: report(idOf(id)), changed, note }));
  }

  function report(id: string): SessionReport {
    const session = detail(id);
    const state = session.recordedAs === null ? undefined : stateOf(db(), id);
    const pausedNow = state?.pausedAt ? context.now() - state.pausedAt : 0;
    return {
      ...session,
      durationSeconds: durationOf(session, context.now()),
      pausedSeconds: Math.round(((state?.pausedMs ?? 0) + pausedNow) / 1000),
      metrics: listMetrics(db(), id),
    };
  }

  async function makeContext(root: string, except?: string): Promise<SnapshotContent> {
    const openIssues = await parts.openIssues(root);
    return guarded(() =>
      sessionContext(root, {
        openIssues,
        lastHandoff: (folder) => {
          const session = latestSessionIn(db(), folder, except);
          return session === undefined ? undefined : { session, markdown: parts.handoff(session) };
        },
      }),
    );
  }

  return {
    async startSession({ project: given, noContext = false, ...told }) {
      const template = templateOf(config, told.template);
      await takeIn();
      const project = guarded(() => projectMeant(db(), context, given));
      const caller = callerIn(context);
      const agentType = told.agentType ?? template.agentType ?? caller?.type ?? 'claude';
      const agentSession = told.agentSession ?? (caller?.type === agentType ? caller.session : undefined);
      const goal = told.goal ?? template.goal;
      const first = startRecord(
        {
          ...told,
          project,
          agent: agentOf(agentType),
          agentType,
          machine: context.machine,
          goal,
          modelTier: told.modelTier ?? template.modelTier?.toString(),
          initialPrompt: told.initialPrompt ?? template.initialPrompt,
          metadata: template.metadata ? { ...template.metadata, ...told.metadata } : told.metadata,
          user: told.user ?? userOf(context),
          branch: survey(project).branch ?? undefined,
          agentSession,
        },
        !noContext,
      );
      const records: NewRecord[] = [first];
      if (!noContext) records.push(snapshotRecord(first.session, 'initial', await makeContext(project)));
      await alone(() => {
        if (!told.parallel) refuseSecond({ project, agentType, agentName: told.agentName ?? null });
        return recorder.recordAll(records);
      });
      return guarded((): StartedSession => {
        const id = idOf(first.session);
        const [snapshot] = snapshotsOf(db(), id);
        return {
          id: idShortener(db())(first.session),
          uuid: first.session,
          project,
          agent: detail(id).agent,
          agentType,
          goal: goal ?? null,
          agentSession: agentSession ?? null,
          context: snapshot ? withoutContent(snapshot) : null,
          export: `export CLEW_SESSION_ID=${first.session}`,
        };
      });
    },
    pauseSession: (given) => change(given, (id) => pauseRecord(stateOf(db(), id))),
    resumeSession: (given) =>
      change(given, (id) => {
        const state = stateOf(db(), id);
        const step = resumeRecord(state);
        const { project, agentType, agentName } = state;
        if (step.record && !state.parallel && project !== null && agentType !== null)
          refuseSecond({ project, agentType, agentName }, id);
        return step;
      }),
    endSession: (given, end) => change(given, (id) => endRecord(stateOf(db(), id), end)),
    updateSession: (given, update) =>
      change(given, (id) => ({ record: updateRecord(stateOf(db(), id), update), note: null })),
    async addInteraction(given, told) {
      await takeIn();
      const session = guarded(() => keptId(idOf(given)));
      const record = recorder.record(interactionRecord(session, told));
      await takeIn();
      return guarded(() => {
        const [one] = sessionHistory(db(), idOf(session), { id: record });
        if (one) return one;
        throw new ClewError('BUSY', 'it is recorded, but not taken in yet', 'the next command takes it in');
      });
    },
    async snapshotSession(given, type = 'update') {
      await takeIn();
      const { session, root } = guarded(() => {
        const id = idOf(given);
        const { workspace, project } = detail(id);
        return { session: id, root: workspace ?? project };
      });
      if (root === null)
        throw new ClewError('BAD_INPUT', `session ${session} has no folder`, 'there is nothing to look at');
      const made = await makeContext(root, session);
      const record = recorder.record(snapshotRecord(keptId(session), type, made));
      await takeIn();
      return guarded(() => {
        const one = snapshotsOf(db(), idOf(session)).find(({ id }) => id === record);
        if (one) return one;
        throw new ClewError('BUSY', 'it is recorded, but not taken in yet', 'the next command takes it in');
      });
    },
    sessionReport: (given) => guarded(() => report(idOf(given))),
    keptSessions: ({ agentType, limit = defaultLimit, ...filter } = {}) =>
      guarded(() => {
        const commits = db().prepare<[string], { n: number }>(
          "SELECT count(*) AS n FROM entry WHERE session = ? AND kind = 'commit'",
        );
        return listSessions(db(), moment(), { ...filter, ...(agentType && { agent: agentOf(agentType) }) })
          .toSorted((a, b) => Date.parse(b.startedAt ?? '') - Date.parse(a.startedAt ?? ''))
          .slice(0, limit)
          .map((row) => ({
            ...row,
            durationSeconds: durationOf(row, context.now()),
            commits: commits.get(row.id)?.n ?? 0,
          }));
      }),
    sessionHistory: (given, filter) => guarded(() => sessionHistory(db(), idOf(given), filter)),
    contextSnapshots: (given) => guarded(() => snapshotsOf(db(), idOf(given))),
  };
}

/** As clew names the agent that is started under that word. */
const agentOf = (type: AgentType): string =>
  adapters.find(({ program }) => program?.name === type)?.name ?? type;

/** The agent that has started this process, and its session, where its environment tells. */
function callerIn({ env }: Context): { readonly type: AgentType; readonly session: string } | undefined {
  for (const { program } of adapters) {
    const session = program?.sessionVariable && env[program.sessionVariable];
    if (session) return { type: agentTypes.find((one) => one === program.name) ?? 'custom', session };
  }
  return undefined;
}

const userOf = ({ env }: Context): string => env['USER'] || os.userInfo().username;

function templateOf(
  config: Config,
  name: string | undefined,
): NonNullable<Config['sessionTemplates']>[string] {
  if (name === undefined) return {};
  const all = config.sessionTemplates ?? {};
  const found = Object.hasOwn(all, name) ? all[name] : undefined;
  if (found) return found;
  const names = Object.keys(all);
  throw new ClewError(
    'NOT_FOUND',
    `no template is called "${name}"`,
    names.length > 0
      ? `there are: ${names.join(', ')}`
      : 'config.json has none: docs/configuration.md tells of `sessionTemplates`',
  );
}

function durationOf({ startedAt, endedAt, status }: SessionRow, now: number): number {
  if (startedAt === null) return 0;
  const isOpen = status === 'active' || status === 'paused';
  const end = isOpen || endedAt === null ? now : Date.parse(endedAt);
  return Math.round((end - Date.parse(startedAt)) / 1000);
}

const withoutContent = ({ content: _, ...rest }: ContextSnapshot): Omit<ContextSnapshot, 'content'> => rest;
