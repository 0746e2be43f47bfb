// Opens beads' own SQLite database. Where nobody is at work on it, its bytes are read and opened in memory, as even a reader
// would leave a `-wal` and a `-shm` file beside it; else it is opened read-only in place.
import Database from 'better-sqlite3';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { ClewError } from '../../model/index.ts';

export type BeadsDb = Database.Database;

/** How long a writer that holds the database is waited for. */
const busyMs = 5000;
/** Larger ones are read in place. */
const mostBytes = 256 * 1024 * 1024;

/** Hands on a database that no one else's writing changes meanwhile. Throws UNREADABLE. */
export function reading<T>(file: string, use: (db: BeadsDb) => T): T {
  let db: BeadsDb | undefined;
  try {
    db = inMemory(file) ?? new Database(file, { readonly: true, fileMustExist: true, timeout: busyMs });
    const open = db;
    return open.transaction(() => use(open))();
  } catch (error) {
    if (error instanceof ClewError) throw error;
    throw new ClewError(
      'UNREADABLE',
      `${file}: ${(error as Error).message}`,
      'beads may be at work on it: try again; `bd doctor` looks for damage',
      { cause: error },
    );
  } finally {
    db?.close();
  }
}

function inMemory(file: string): BeadsDb | undefined {
  const log = (): number => statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  const before = statSync(file);
  if (log() > 0 || existsSync(`${file}-journal`) || before.size > mostBytes || before.size === 0)
    return undefined;
  const bytes = readFileSync(file);
  const after = statSync(file);
  if (log() > 0 || after.mtimeMs !== before.mtimeMs || after.size !== before.size) return undefined;
  // Its header says that changes go to a log, which a database in memory cannot have: 1 for "no log".
  if (bytes[18] === 2 && bytes[19] === 2) bytes.fill(1, 18, 20);
  return new Database(bytes, { readonly: true });
}

/** Writes in one transaction; all of it is there afterwards, or nothing. Throws UNREADABLE, BUSY. */
export function writing<T>(file: string, use: (db: BeadsDb) => T): T {
  let db: BeadsDb | undefined;
  try {
    db = new Database(file, { fileMustExist: true, timeout: busyMs });
    db.pragma('foreign_keys = ON');
    const open = db;
    return open.transaction(() => use(open)).immediate();
  } catch (error) {
    if (error instanceof ClewError) throw error;
    const isBusy = (error as { code?: string }).code?.startsWith('SQLITE_BUSY');
    throw new ClewError(
      isBusy ? 'BUSY' : 'UNREADABLE',
      `${file}: ${(error as Error).message}`,
      isBusy ? 'beads is at work on it: try again' : '`bd doctor` looks for damage; nothing was written',
      { cause: error },
    );
  } finally {
    db?.close();
  }
}

export const columnsIn =
  (db: BeadsDb) =>
  (table: string): ReadonlySet<string> =>
    new Set(db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table));
