// Opens OpenCode's own database, which is read while OpenCode writes it: read-only, and no statement leaves a transaction
// behind, so that no writer ever waits. Opening takes longer than reading a session: one stays open for a moment.
import Database from 'better-sqlite3';
import { statSync } from 'node:fs';
import { ClewError } from '../../model/index.ts';

/** How long a writer that holds the database is waited for: only one that is being set up, or restored, does. */
const busyMs = 2000;
const openMs = 500;

const needed = { session: ['id'], message: ['id', 'session_id', 'data'], part: ['id', 'message_id', 'data'] };

export interface Opened {
  readonly prepare: <P extends unknown[] | object, R>(
    sql: string,
  ) => Database.Statement<P extends unknown[] ? P : [P], R>;
  readonly has: (table: string, column: string) => boolean;
}

interface Kept extends Opened {
  readonly file: string;
  readonly ino: number;
  readonly schema: number;
  readonly close: () => void;
  timer: NodeJS.Timeout | undefined;
}

let kept: Kept | undefined;

/** Throws UNREADABLE for what is no database of OpenCode's. */
export function withDatabase<T>(file: string, use: (opened: Opened) => T): T {
  try {
    const { ino } = statSync(file);
    // Another file by that name, or one whose tables an update of OpenCode has just changed.
    if (kept?.file !== file || kept.ino !== ino || kept.schema !== schemaOf(kept)) {
      closeKept();
      kept = open(file, ino);
    }
    clearTimeout(kept.timer);
    return use(kept);
  } catch (error) {
    closeKept();
    if (error instanceof Database.SqliteError)
      throw new ClewError(
        'UNREADABLE',
        `${file}: ${error.message}`,
        'OpenCode may be at work on it: what is missing comes with the next import. A damaged one is left out.',
        { cause: error },
      );
    throw error;
  } finally {
    if (kept) kept.timer = setTimeout(closeKept, openMs).unref();
  }
}

const schemaOf = ({ prepare }: Pick<Opened, 'prepare'>): number =>
  prepare<[], number>('PRAGMA schema_version').pluck().get() ?? 0;

function closeKept(): void {
  clearTimeout(kept?.timer);
  kept?.close();
  kept = undefined;
}

function open(file: string, ino: number): Kept {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: busyMs });
  try {
    const columns = new Set(
      db
        .prepare<[], string>(
          `SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'`,
        )
        .pluck()
        .all(),
    );
    const has = (table: string, column: string): boolean => columns.has(`${table}.${column}`);
    const missing = Object.entries(needed).flatMap(([table, names]) =>
      names.filter((name) => !has(table, name)).map((name) => `${table}.${name}`),
    );
    if (missing.length > 0)
      throw new ClewError(
        'UNREADABLE',
        `${file}: no ${missing.join(', ')}`,
        'it is no database of OpenCode, or one of a version that clew does not know',
      );
    const statements = new Map<string, Database.Statement>();
    const prepare = (sql: string): Database.Statement => {
      const known = statements.get(sql) ?? db.prepare(sql);
      statements.set(sql, known);
      return known;
    };
    const opened = { prepare: prepare as Opened['prepare'], has };
    return { ...opened, file, ino, schema: schemaOf(opened), close: () => db.close(), timer: undefined };
  } catch (error) {
    db.close();
    throw error;
  }
}
