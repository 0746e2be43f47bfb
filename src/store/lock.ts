// One importer at a time. The lock is SQLite's own lock on a file of its own, which the system lets go of however the
// process ends, so that there are no stale locks to break.
import path from 'node:path';
import { mkdirSync } from 'node:fs';
import Database from 'better-sqlite3';

export interface Lock {
  release(): void;
}

/** Takes the lock, waiting up to `waitMs`; undefined where another process holds it for longer. */
export function takeLock(clewHome: string, waitMs: number): Lock | undefined {
  mkdirSync(clewHome, { recursive: true, mode: 0o700 });
  const db = new Database(path.join(clewHome, 'ingest.lock'), { timeout: waitMs });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return undefined;
    throw error;
  }
  return { release: () => db.close() };
}
