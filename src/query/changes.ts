// Changes of operations with their diffs, which are kept as texts that can be searched.
import { undoneOperations } from '../store/index.ts';
import type { Db } from '../store/index.ts';
import type { ChangeRow } from './types.ts';

interface Stored {
  readonly operation: string;
  readonly path: string;
  readonly kind: ChangeRow['kind'];
  readonly added: number;
  readonly removed: number;
  readonly partial: number;
  readonly text: string | null;
}

/** The changes of a session's operations, or of some of them, by operation. */
export function changesOf(
  db: Db,
  session: string,
  only: { readonly operation?: string; readonly since?: number },
): Map<string, ChangeRow[]> {
  const { operation, since = 0 } = only;
  const rows = db
    .prepare<unknown[], Stored>(
      `SELECT c.*, e.text FROM operation o JOIN change c ON c.operation = o.id
       LEFT JOIN entry e ON e.key = c.operation || '|' || c.path
       WHERE o.session = ? AND o.at >= ? ${operation === undefined ? '' : 'AND o.id = ?'} ORDER BY c.operation, c.path`,
    )
    .all(session, since, ...(operation === undefined ? [] : [operation]));
  const undone = rows.length > 0 ? undoneOperations(db) : new Map<string, string>();
  const changes = new Map<string, ChangeRow[]>();
  for (const row of rows) {
    const { path, kind, added, removed } = row;
    // The text is the path, for searching, and the diff behind it.
    const diff = row.text?.slice(path.length + 1) ?? '';
    const list = changes.get(row.operation) ?? [];
    const undoOperationId = undone.get(row.operation) ?? null;
    list.push({ path, kind, added, removed, diff, partial: row.partial === 1, undoOperationId });
    changes.set(row.operation, list);
  }
  return changes;
}
