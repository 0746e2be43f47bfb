// Context snapshots: what an agent was given, or could see, at a moment.
import type { SnapshotType } from '../model/index.ts';
import type { Db } from '../store/index.ts';
import { iso } from './rows.ts';

export interface ContextSnapshot {
  readonly id: string;
  readonly session: string;
  readonly type: SnapshotType;
  readonly at: string | null;
  /** Files that it lists or holds. */
  readonly fileCount: number;
  /** A quarter of its characters. */
  readonly tokenEstimate: number;
  readonly content: Readonly<Record<string, unknown>>;
}

/** Those of a session, the latest first. */
export function snapshotsOf(db: Db, session: string): ContextSnapshot[] {
  return db
    .prepare<[string], { id: string; subject: SnapshotType; at: number; data: string }>(
      `SELECT id, subject, at, data FROM record WHERE session = ? AND kind = 'context' ORDER BY at DESC, source DESC, pos DESC`,
    )
    .all(session)
    .map(({ id, subject, at, data }) => ({
      id,
      session,
      type: subject,
      at: iso(at),
      ...(JSON.parse(data) as Pick<ContextSnapshot, 'fileCount' | 'tokenEstimate' | 'content'>),
    }));
}
