// The further records of a session that is kept by hand: pause, resume, end, and what is said of it later.
import { ClewError, endReasons, endStatuses, shortId } from '../../model/index.ts';
import type { EndReason, EndStatus } from '../../model/index.ts';
import type { NewRecord } from '../recorder.ts';
import { allowed } from './allowed.ts';
import { checkSaid, given } from './start.ts';
import type { NewSession } from './start.ts';
import type { KeptState } from './state.ts';

/** What is to be recorded; nothing where the session stands so already, and why. */
export interface Step {
  readonly record: NewRecord | undefined;
  readonly note: string | null;
}

export interface SessionEnd {
  readonly status?: EndStatus | undefined;
  readonly reason?: EndReason | undefined;
  readonly message?: string | undefined;
}

export type SessionUpdate = Pick<
  NewSession,
  'goal' | 'model' | 'modelTier' | 'temperature' | 'agentVersion' | 'metadata'
>;

/** Throws WRONG_STATE for a session that is over. */
export function pauseRecord(state: KeptState): Step {
  refuseEnded(state, 'paused');
  if (state.status === 'paused') return { record: undefined, note: 'it is paused already' };
  return { record: step(state, 'pause'), note: null };
}

/** Throws WRONG_STATE for a session that is over. */
export function resumeRecord(state: KeptState): Step {
  refuseEnded(state, 'resumed');
  if (state.status === 'active') return { record: undefined, note: 'it is active already' };
  return { record: step(state, 'resume'), note: null };
}

/** The reason that goes with a status where none is given. */
const usualReason: Readonly<Record<EndStatus, EndReason>> = {
  completed: 'completed',
  aborted: 'interrupted',
  cancelled: 'interrupted',
  error: 'error',
  failed: 'error',
};

/** The first end counts: another one records nothing. Throws BAD_INPUT for a word that is not allowed. */
export function endRecord(state: KeptState, end: SessionEnd = {}): Step {
  const status = allowed(endStatuses, end.status ?? 'completed', 'the status');
  const reason = allowed(endReasons, end.reason ?? usualReason[status], 'the reason');
  if (state.endedAt !== null)
    return { record: undefined, note: `it was ended already, as ${state.status}: the first end counts` };
  return {
    record: {
      ...step(state, 'end'),
      text: end.message,
      data: { status, reason, message: end.message ?? null },
    },
    note: null,
  };
}

/** What is said of a session later; it may be over. Throws BAD_INPUT. */
export function updateRecord(state: KeptState, update: SessionUpdate): NewRecord {
  checkSaid(update);
  const { temperature, metadata, ...words } = update;
  const values = given({
    ...words,
    temperature: temperature === undefined ? undefined : String(temperature),
    metadata: metadata && JSON.stringify(metadata),
  });
  if (Object.keys(values).length === 0)
    throw new ClewError('BAD_INPUT', 'nothing is said of the session', 'give a goal, a model, metadata, …');
  return { ...step(state, 'update'), values };
}

const step = (state: KeptState, subject: string) =>
  ({ kind: 'session', session: state.kept, subject, root: state.project ?? undefined }) as const;

function refuseEnded(state: KeptState, what: string): void {
  if (state.endedAt === null) return;
  throw new ClewError(
    'WRONG_STATE',
    `session ${shortId(state.kept)} is over (${state.status}), so it cannot be ${what}`,
    'start a new one: `clew session start`',
  );
}
