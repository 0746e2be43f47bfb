// What the library takes and gives of sessions that are kept by hand.
import type { Metric, NewInteraction, NewSession, SessionEnd, SessionUpdate } from './journal/index.ts';
import type { AgentType, SnapshotType } from './model/index.ts';
import type {
  ContextSnapshot,
  HistoryFilter,
  Interaction,
  SessionDetail,
  SessionFilter,
  SessionRow,
} from './query/index.ts';

export interface StartOptions extends Partial<
  Omit<NewSession, 'project' | 'agent' | 'machine' | 'branch' | 'agentType'>
> {
  /** A folder, or the name of a project that clew knows. */
  readonly project: string;
  /** Where left out: that of the agent which this is called from, or of the template, or else claude. */
  readonly agentType?: AgentType | undefined;
  /** Take no context snapshot. */
  readonly noContext?: boolean | undefined;
  /** Asks for more once nothing is in the way of the session; what it gives counts before what is given here. */
  readonly ask?: (() => Promise<Pick<Partial<NewSession>, 'agentVersion' | 'goal'>>) | undefined;
}

/** A session that was begun. */
export interface StartedSession {
  /** The beginning of the UUID, which every command takes. */
  readonly id: string;
  readonly uuid: string;
  readonly project: string;
  readonly agent: string;
  readonly agentType: AgentType;
  readonly agentName: string | null;
  readonly agentVersion: string | null;
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
  readonly agentName: string | null;
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
