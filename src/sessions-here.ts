// Sessions kept by hand as the library offers them. A step is checked and recorded while nobody else takes anything in, with
// all that was recorded before known: of two starts at once one is refused.
import { existsSync } from 'node:fs';
import type { Connection } from './connection.ts';
import {
  activeLike,
  createRecorder,
  endRecord,
  interactionRecord,
  listMetrics,
  pauseRecord,
  resumeRecord,
  secondsOf,
  snapshotRecord,
  startRecord,
  stateOf,
  updateRecord,
} from './journal/index.ts';
import type { NewRecord, SnapshotContent, Step } from './journal/index.ts';
import { ClewError, shortId } from './model/index.ts';
import type { Config, Context } from './model/index.ts';
import {
  idShortener,
  latestSessionIn,
  listSessions,
  resolve,
  sessionHistory,
  snapshotsOf,
} from './query/index.ts';
import type { ContextSnapshot, Moment, SessionDetail } from './query/index.ts';
import type { SessionChange, SessionReport, SessionsHere, StartedSession } from './kept-sessions.ts';
import { projectMeant } from './project-meant.ts';
import { agentOf, callerIn, templateOf, userOf } from './session-defaults.ts';
import { sessionContext } from './session-context.ts';
import type { OpenIssue } from './session-context.ts';
import { survey } from './workspace/index.ts';

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
      `a session of ${named} is active in ${like.project} already: ${id}${other.goal === null ? '' : ` (${other.goal})`}, begun ${agoOf(other.startedAt)}`,
      `\`clew session end ${id}\` ends it, also where its agent crashed; \`--parallel\` starts another one beside it`,
    );
  }

  const agoOf = (at: number): string => {
    const minutes = Math.round((context.now() - at) / 60_000);
    return minutes < 1 ? 'just now' : `${minutes} min ago`;
  };

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
      durationSeconds: secondsOf(session, moment().now),
      pausedSeconds: Math.round(((state?.pausedMs ?? 0) + pausedNow) / 1000),
      metrics: listMetrics(db(), moment(), id),
    };
  }

  async function makeContext(root: string, except?: string): Promise<SnapshotContent> {
    const openIssues = await parts.openIssues(root);
    return guarded(() =>
      sessionContext(root, {
        openIssues,
        lastHandoff: (folder) => {
          const session = latestSessionIn(db(), folder, except, 'told');
          return session === undefined ? undefined : { session, markdown: parts.handoff(session) };
        },
      }),
    );
  }

  return {
    async startSession({ project: given, noContext = false, ask, ...options }) {
      const template = templateOf(config, options.template);
      await takeIn();
      const project = guarded(() => projectMeant(db(), context, given));
      requireFolder(project);
      const caller = guarded(() => callerIn(db(), context, config));
      const agentType = options.agentType ?? template.agentType ?? caller?.type ?? 'claude';
      const agentSession = options.agentSession ?? (caller?.type === agentType ? caller.session : undefined);
      const like = { project, agentType, agentName: options.agentName ?? null };
      const refuse = (): void => {
        if (!options.parallel) refuseSecond(like);
      };
      guarded(refuse);
      const told = { ...options, ...(await ask?.()) };
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
      if (!noContext) {
        // Not the handoff of the agent's session that this one is about to be.
        const made = await makeContext(project, agentSession);
        records.push(snapshotRecord(first.session, 'initial', made));
      }
      await alone(() => {
        // Another one may have begun meanwhile.
        refuse();
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
          agentName: told.agentName ?? null,
          agentVersion: told.agentVersion ?? null,
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
        throw new ClewError(
          'BAD_INPUT',
          `session ${shortId(session)} has no folder`,
          'there is nothing to look at',
        );
      requireFolder(root);
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
          "SELECT count(DISTINCT text) AS n FROM entry WHERE session = ? AND kind = 'commit'",
        );
        const names = db().prepare<[string], { name: string | null }>(
          'SELECT agent_name AS name FROM session WHERE id = ?',
        );
        return listSessions(db(), moment(), { ...filter, ...(agentType && { agent: agentOf(agentType) }) })
          .toSorted((a, b) => Date.parse(b.startedAt ?? '') - Date.parse(a.startedAt ?? ''))
          .slice(0, limit)
          .map((row) => ({
            ...row,
            agentName: names.get(row.id)?.name ?? null,
            durationSeconds: secondsOf(row, moment().now),
            commits: commits.get(row.id)?.n ?? 0,
          }));
      }),
    sessionHistory: (given, filter) => guarded(() => sessionHistory(db(), idOf(given), filter)),
    contextSnapshots: (given) => guarded(() => snapshotsOf(db(), idOf(given))),
  };
}

/** Of a project that is known by name, or of a session, the folder may be gone. */
function requireFolder(folder: string): void {
  if (existsSync(folder)) return;
  throw new ClewError(
    'NOT_FOUND',
    `the folder ${folder} is not there`,
    'it was moved or removed, or is on another machine',
  );
}

function withoutContent(snapshot: ContextSnapshot): Omit<ContextSnapshot, 'content'> {
  const { content: _, ...rest } = snapshot;
  return rest;
}
