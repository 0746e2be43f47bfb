// Opens index.db: makes it where it is absent, refuses one that a newer clew made, sets a damaged one aside.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { ClewError } from '../model/index.ts';
import { schema, schemaVersion } from './schema.ts';

export type Db = Database.Database;

export const indexFile = (clewHome: string): string => path.join(clewHome, 'index.db');

/** `fresh`: there was none, or it was of an older schema or damaged and has been set aside; streams must be projected anew. */
export interface Opened {
  readonly db: Db;
  readonly fresh: boolean;
  /** Where a damaged index was put. */
  readonly setAside?: string;
}

export function openIndex(file: string, now: number): Opened {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const existed = existsSync(file);
  try {
    return prepare(file, existed);
  } catch (error) {
    if (!isDamage(error)) throw error;
    const setAside = setIndexAside(file, now);
    return { ...prepare(file, false), fresh: true, setAside };
  }
}

function prepare(file: string, existed: boolean): Opened {
  const db = new Database(file, { timeout: 10_000 });
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma('cache_size = -32768');
    db.pragma('temp_store = MEMORY');
    db.pragma('wal_autocheckpoint = 2048');
    db.pragma('journal_size_limit = 67108864');
    const version = db.pragma('user_version', { simple: true }) as number;
    if (version > schemaVersion)
      throw new ClewError(
        'INDEX_TOO_NEW',
        `${file} has schema ${version}; this clew knows schemas up to ${schemaVersion}`,
        'update clew, or point CLEW_HOME elsewhere; the index was not touched',
      );
    if (version === schemaVersion) {
      db.prepare('SELECT count(*) FROM meta').get();
      return { db, fresh: false };
    }
    // Of an older schema. An index that is being made has its version as soon as it has tables.
    if (existed && db.prepare('SELECT 1 FROM sqlite_master').get()) {
      db.close();
      removeIndex(file);
      return { ...prepare(file, false), fresh: true };
    }
    db.transaction(() => {
      // Another process may have made it between the look and the lock.
      if (db.pragma('user_version', { simple: true }) === schemaVersion) return;
      db.exec(schema);
      db.pragma(`user_version = ${schemaVersion}`);
    }).immediate();
    return { db, fresh: true };
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Opens an index that cannot be written to; undefined where there is none of this version. SQLite reads it in place only
 * while somebody else has it open, as a reader needs files beside it, too; otherwise its bytes are read to memory.
 */
export function openToRead(file: string): Db | undefined {
  if (!existsSync(file)) return undefined;
  const db = readInPlace(file) ?? readToMemory(file);
  db.pragma('temp_store = MEMORY');
  if (db.pragma('user_version', { simple: true }) === schemaVersion) return db;
  db.close();
  return undefined;
}

function readInPlace(file: string): Db | undefined {
  const db = new Database(file, { readonly: true, timeout: 10_000 });
  try {
    db.prepare('SELECT count(*) FROM sqlite_master').get();
    return db;
  } catch {
    db.close();
    return undefined;
  }
}

function readToMemory(file: string): Db {
  const bytes = readFileSync(file);
  // Its header says that changes go to a log, which a database in memory cannot have: 1 for "no log".
  bytes.fill(1, 18, 20);
  return new Database(bytes, { readonly: true });
}

/** Opens an index only if it is there and of this version, so that nothing has to be made first; for who cannot wait. */
export function openIfReady(file: string): Db | undefined {
  if (!existsSync(file)) return undefined;
  const db = new Database(file, { timeout: 50 });
  try {
    if (db.pragma('user_version', { simple: true }) === schemaVersion) return db;
  } catch {
    // It can neither be written to nor be read in place.
  }
  db.close();
  return undefined;
}

/** Whether SQLite says that the file is damaged. */
export function isDamage(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? '';
  return code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB';
}

/** Moves a damaged index out of the way, with its log; returns where to. */
export function setIndexAside(file: string, now: number): string {
  const aside = `${file}.damaged-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}`;
  renameSync(file, aside);
  for (const end of ['-wal', '-shm']) if (existsSync(file + end)) renameSync(file + end, aside + end);
  return aside;
}

export function removeIndex(file: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
}
