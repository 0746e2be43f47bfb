// The project that somebody means who asks for issues in a folder.
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Db } from '../store/index.ts';
import { foldersAbove, mainWorktree } from './above.ts';
import type { Tracker } from './tracker.ts';

export interface Scope {
  /** Whether a folder is in it; outside of all projects, everything is meant. */
  readonly has: (folder: string | null) => boolean;
  /** Its sessions; undefined where all are. */
  readonly sessions: () => string[] | undefined;
}

/** The repository, to which its worktrees belong, and the folder that its tracker is of, which may be elsewhere. */
export function scopeOf(db: () => Db, folder: string, trackers: readonly Tracker[]): Scope {
  const top = foldersAbove(folder).at(-1) ?? folder;
  const repository = existsSync(path.join(top, '.git')) ? [mainWorktree(top) ?? top] : [];
  const roots = [...repository, ...trackers.slice(0, 1).map((one) => one.project)];
  const has = (one: string | null): boolean =>
    roots.length === 0 ||
    (one !== null && roots.some((root) => one === root || one.startsWith(root + path.sep)));
  return {
    has,
    sessions: () =>
      roots.length === 0
        ? undefined
        : db()
            .prepare<[], { id: string; project: string | null; workspace: string | null }>(
              'SELECT id, project, workspace FROM session',
            )
            .all()
            .filter((row) => has(row.project) || has(row.workspace))
            .map((row) => row.id),
  };
}
