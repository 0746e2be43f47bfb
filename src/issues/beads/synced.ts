// Sessions with their work and their uses of skills, as they are to stand in beads' database.
import { listSkillUses, listWork } from '../../journal/index.ts';
import { contextAtEnd, listSessions } from '../../query/index.ts';
import type { Moment, SessionRow } from '../../query/index.ts';
import type { Db } from '../../store/index.ts';
import type { SyncedSession } from './sync.ts';

/** `ids`: the sessions of the project; all there are, where left out. The first one first. */
export function syncedSessions(db: Db, ids: readonly string[] | undefined, moment: Moment): SyncedSession[] {
  const chosen = ids && new Set(ids);
  const value = db.prepare<[string, string, string], { value: string }>(
    `SELECT value FROM session_value WHERE name = ?
       AND (session = ? OR session IN (SELECT recorded FROM joined WHERE session = ?))
     ORDER BY weight DESC, last_at DESC, value LIMIT 1`,
  );
  const said = (session: string, name: string): string | null =>
    value.get(name, session, session)?.value ?? null;
  return listSessions(db, moment)
    .filter((row) => row.startedAt !== null && (!chosen || chosen.has(row.id)))
    .toReversed()
    .map((row) => ({
      id: row.id,
      agent: said(row.id, 'agentName') || row.agent,
      workspace: row.workspace ?? row.project ?? '',
      startedAt: row.startedAt ?? '',
      endedAt: isOpen(row) ? null : row.endedAt,
      exitReason: exitReasonOf(row),
      modelTier: said(row.id, 'modelTier'),
      contextTokens: contextAtEnd(db, row.id) ?? 0,
      work: listWork(db, { session: row.id }).toReversed(),
      skills: listSkillUses(db, { session: row.id }).toReversed(),
    }));
}

const isOpen = ({ status }: SessionRow): boolean => ['active', 'paused'].includes(status);

/** The library knows five. */
const exitReasons = new Set(['completed', 'interrupted', 'error', 'timeout', 'context_limit']);
const ofStatus: Readonly<Record<string, string>> = {
  failed: 'error',
  error: 'error',
  aborted: 'interrupted',
  cancelled: 'interrupted',
  interrupted: 'interrupted',
};

function exitReasonOf(row: SessionRow): string | null {
  if (isOpen(row)) return null;
  const told = row.exitReason ?? '';
  return exitReasons.has(told) ? told : (ofStatus[row.status] ?? 'completed');
}
