// What a session that starts is to be given, for those who asked for it: after a compaction the handoff of itself; where
// it takes itself up with a command still running, the same; where it is new and the project's last session was cut off,
// the handoff of that.
import { latestSessionIn } from '../query/index.ts';
import type { SessionDetail } from '../query/index.ts';
import { handoffOf } from './handoff.ts';
import type { Handoff } from './types.ts';

type Db = Parameters<typeof handoffOf>[0];

/** Claude Code puts no more than 10,000 characters of a hook before the model, and a file's name in place of the rest. */
const budget = 2000;

/** `payload`: of the agent's hook at a session's start. Undefined where there is nothing to say. */
export function handoffAtStart(
  db: Db,
  payload: unknown,
  detailOf: (id: string) => SessionDetail | undefined,
): Handoff | undefined {
  const { source, session_id: id, cwd } = (payload ?? {}) as Record<string, unknown>;
  if (typeof id !== 'string') return undefined;
  if (source === 'startup' && typeof cwd === 'string') {
    const last = latestSessionIn(db, cwd, id, 'captured');
    const before = last === undefined ? undefined : detailOf(last);
    return before?.status === 'interrupted' ? handoffOf(db, before, { budget }) : undefined;
  }
  const own = source === 'compact' || source === 'resume' ? detailOf(id) : undefined;
  if (!own) return undefined;
  const handoff = handoffOf(db, own, { budget });
  return source === 'compact' || handoff.pending.length > 0 ? handoff : undefined;
}
