// Which sessions were at work in a working tree at a moment: of those that agents wrote by the times of what they did, of those
// that are kept by hand by what was said of them.
import { isWithin, sessionState } from '../../model/index.ts';
import type { Db } from '../../store/index.ts';
import { treeOf } from './trees.ts';
import type { WorkingTree } from './trees.ts';

export interface SessionAt {
  readonly id: string;
  /** `in`: its folder is in the working tree, or the tree is in its folder; `project`: another of the same project; `elsewhere`. */
  readonly place: 'in' | 'project' | 'elsewhere';
  /** `silent`: nothing was heard of it for long, but it had not ended. */
  readonly state: 'active' | 'silent' | 'ended';
  /** When something was last heard of it by then. */
  readonly lastAt: number;
}

interface Row {
  readonly id: string;
  readonly workspace: string | null;
  readonly started_at: number;
  readonly ended_at: number;
  readonly end_reason: string | null;
  readonly kept: string | null;
}

/** Without other signs, a session that was heard of in this time is at work. */
const activeMs = 10 * 60_000;
/** A pause after which it goes on is no end. */
const pauseMs = 4 * 3_600_000;
/** What was not heard of for so long has nothing to do with it. */
const dayMs = 24 * 3_600_000;

export function sessionsAt(db: Db, isRunning: (session: string) => boolean) {
  const around = db.prepare<[number, number], Row>(
    'SELECT id, workspace, started_at, ended_at, end_reason, kept FROM session WHERE ended_at >= ? AND started_at <= ?',
  );
  const byHand = db.prepare<[], Row>(
    "SELECT id, workspace, started_at, ended_at, end_reason, kept FROM session WHERE state IN ('active', 'paused')",
  );
  const named = db.prepare<{ id: string }, Row>(
    `SELECT id, workspace, started_at, ended_at, end_reason, kept FROM session
     WHERE id = @id OR id = (SELECT session FROM joined WHERE recorded = @id)`,
  );
  const before = db.prepare<[string, number], { at: number }>(
    // A commit that somebody else made is no sign of life.
    "SELECT at FROM entry WHERE session = ? AND at <= ? AND key NOT LIKE 'commit_link|%' ORDER BY at DESC LIMIT 1",
  );
  const behind = db.prepare<[string, number], { at: number }>(
    "SELECT at FROM entry WHERE session = ? AND at > ? AND key NOT LIKE 'commit_link|%' ORDER BY at LIMIT 1",
  );
  const steps = db.prepare<[string, number], { subject: string; at: number; data: string | null }>(
    "SELECT subject, at, data FROM record WHERE told = ? AND kind = 'session' AND at <= ? ORDER BY at, source, pos",
  );
  const trees = new Map<string, WorkingTree | undefined>();
  const treeAt = (folder: string): WorkingTree | undefined => {
    if (!trees.has(folder)) trees.set(folder, treeOf(folder));
    return trees.get(folder);
  };

  function placeOf(
    { workspace }: Row,
    { root, common }: Pick<WorkingTree, 'root' | 'common'>,
  ): SessionAt['place'] {
    if (workspace === null) return 'elsewhere';
    const tree = treeAt(workspace);
    if (tree?.root === root) return 'in';
    // A repository inside of the session's, or a folder of the tree that is not there any more.
    if (isWithin(root, tree?.root ?? workspace) || (!tree && isWithin(workspace, root))) return 'in';
    return tree?.common === common ? 'project' : 'elsewhere';
  }

  function stateOf(row: Row, at: number, lastAt: number): SessionAt['state'] {
    if (row.kept !== null) {
      const told = sessionState(
        steps.all(row.kept, at).map((one) => ({ ...one, data: JSON.parse(one.data ?? 'null') as unknown })),
      );
      if (told) return told.status === 'active' ? 'active' : told.endedAt === null ? 'silent' : 'ended';
    }
    if (row.end_reason !== null && row.ended_at < at) return 'ended';
    if (at - lastAt < activeMs || (row.ended_at <= at && isRunning(row.id))) return 'active';
    const next = behind.get(row.id, at)?.at;
    return next && next - lastAt < pauseMs ? 'active' : 'silent';
  }

  const tell = (row: Row, tree: Pick<WorkingTree, 'root' | 'common'>, at: number): SessionAt => {
    const lastAt = before.get(row.id, at)?.at ?? row.started_at;
    return { id: row.id, place: placeOf(row, tree), state: stateOf(row, at, lastAt), lastAt };
  };

  return {
    /** All that may have had to do with what happened in a working tree then. */
    at(tree: Pick<WorkingTree, 'root' | 'common'>, at: number): SessionAt[] {
      const rows = [...around.all(at - dayMs, at), ...byHand.all().filter((row) => row.started_at <= at)];
      const each = new Map(rows.map((row) => [row.id, row]));
      return [...each.values()].map((row) => tell(row, tree, at)).filter((one) => one.place !== 'elsewhere');
    },
    /** The one that goes by an id, also by the one that it has by hand. */
    named(id: string, tree: Pick<WorkingTree, 'root' | 'common'>, at: number): SessionAt | undefined {
      const row = named.get({ id });
      return row && tell(row, tree, at);
    },
  };
}
