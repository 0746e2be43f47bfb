// What is said of a session that is kept by hand, and what its steps amount to: active → paused → active → ended. What makes
// no sense (to pause what is ended) changes nothing; of two ends, the first counts.

/** The agents by the names under which sessions are started; `custom` for any other, `human` where there is none. */
export const agentTypes = ['claude', 'codex', 'gemini', 'cursor', 'copilot', 'custom', 'human'] as const;
export type AgentType = (typeof agentTypes)[number];

/** How a session can be ended by hand. */
export const endStatuses = ['completed', 'aborted', 'error', 'failed', 'cancelled'] as const;
export type EndStatus = (typeof endStatuses)[number];

export const endReasons = ['completed', 'interrupted', 'error', 'timeout', 'context_limit'] as const;
export type EndReason = (typeof endReasons)[number];

export const sessionStatuses = ['active', 'paused', ...endStatuses, 'interrupted'] as const;
/**
 * Of a captured session, `active`: its process runs, or it was written to in the last ten minutes and did not end;
 * `interrupted`: its process is gone without having ended it; `completed`: anything else. One that is kept by hand is what its
 * user says: `active` or `paused` until it is ended with one of the others.
 */
export type SessionStatus = (typeof sessionStatuses)[number];

export const interactionTypes = [
  'user_message',
  'agent_response',
  'tool_call',
  'file_read',
  'file_write',
  'command_execution',
  'session_start',
  'session_end',
  'commit',
  'custom',
] as const;
export type InteractionType = (typeof interactionTypes)[number];

export const snapshotTypes = ['initial', 'update', 'refresh'] as const;
export type SnapshotType = (typeof snapshotTypes)[number];

/** A step of a session, by the order in which they were recorded. */
export interface SessionStep {
  readonly subject: string | null;
  readonly at: number;
  readonly data: unknown;
}

export interface SessionState {
  readonly status: 'active' | 'paused' | EndStatus;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly endReason: string | null;
  /** Since when it has been paused, and how long it was paused before, milliseconds. */
  readonly pausedAt: number | null;
  readonly pausedMs: number;
}

/** Undefined where no step is a start: the session is not kept by hand. */
export function sessionState(steps: readonly SessionStep[]): SessionState | undefined {
  let state: SessionState | undefined;
  for (const { subject, at, data } of steps) {
    if (state === undefined) {
      if (subject === 'start') state = { ...begun, startedAt: at };
    } else if (state.endedAt !== null) break;
    else if (subject === 'pause' && state.status === 'active')
      state = { ...state, status: 'paused', pausedAt: at };
    else if (subject === 'resume' && state.status === 'paused') state = { ...state, ...going(state, at) };
    else if (subject === 'end') state = { ...state, ...going(state, at), ...endOf(data), endedAt: at };
  }
  return state;
}

const begun = { status: 'active', endedAt: null, endReason: null, pausedAt: null, pausedMs: 0 } as const;

/** The pause is over. */
const going = ({ pausedAt, pausedMs }: SessionState, at: number) =>
  ({
    status: 'active',
    pausedAt: null,
    pausedMs: pausedMs + (pausedAt === null ? 0 : at - pausedAt),
  }) as const;

function endOf(data: unknown): Pick<SessionState, 'status' | 'endReason'> {
  const { status, reason } = (data ?? {}) as Readonly<Record<string, unknown>>;
  return {
    status: endStatuses.find((one) => one === status) ?? 'completed',
    endReason: typeof reason === 'string' ? reason : 'completed',
  };
}
