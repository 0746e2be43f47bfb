// How long a session took, as its report, its row in a list and its metrics tell it alike.
import type { SessionStatus } from '../model/index.ts';

export interface Lasting {
  readonly status: SessionStatus;
  /** Milliseconds, or ISO 8601. */
  readonly startedAt: string | number | null;
  readonly endedAt: string | number | null;
}

/** Whole seconds from its start to its end, or until now where it goes on or is paused; 0 where no time is known. */
export function secondsOf({ status, startedAt, endedAt }: Lasting, now: number): number {
  if (startedAt === null) return 0;
  const isOpen = status === 'active' || status === 'paused';
  const end = new Date(isOpen ? now : (endedAt ?? now)).getTime();
  return Math.max(0, Math.round((end - new Date(startedAt).getTime()) / 1000));
}
