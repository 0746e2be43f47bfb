// The project that somebody means who asks for issues in a folder.
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Db } from '../store/index.ts';
import { foldersAbove, mainWorktree } from './above.ts';
import type { Tracker } from './tracker.ts';

export interface Scope {
  /** Undefined outside of all projects: then everything is meant. */
  readonly root: string | undefined;
  /** Whether a folder is in it. */
  readonly has: (folder: string | null) => boolean;
  /** Its sessions. */
  readonly sessions: () => string[] | undefined;
}

/** The tracker's project, or else the repository; worktrees belong to theirs. */
export function scopeOf(db: () => Db, folder: string, trackers: readonly Tracker[]): Scope {
  const top = foldersAbove(folder).at(-1) ?? folder;
  const repository = existsSync(path.join(top, '.git')) ? (mainWorktree(top) ?? top) : undefined;
  const root = trackers[0]?.project ?? repository;
  const has = (one: string | null): boolean =>
    root === undefined || (one !== null && (one === root || one.startsWith(root + path.sep)));
  return {
    root,
    has,
    sessions: () =>
      root === undefined
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
