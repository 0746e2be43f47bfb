// What the words of an undo name: operations, all those of a turn or a session, the last ones, or an action of clew's own.
import { ClewError } from './model/index.ts';
import { resolve } from './query/index.ts';
import type { Db } from './store/index.ts';
import { innerRoots, lastUndoable } from './workspace/index.ts';
import type { UndoTarget } from './workspace/index.ts';

/** What the words name, for an undo in this project. */
export function undoTargets(db: Db, target: string | number, root: string): UndoTarget[] {
  if (typeof target === 'number') {
    const found = lastUndoable(db, root, innerRoots(db, root), target);
    if (found.length > 0) return found.map((one) => named(db, one));
    throw new ClewError(
      'NOT_FOUND',
      `nothing to undo in ${root}`,
      '`clew checkpoints` shows what is known of it',
    );
  }
  const action = db
    .prepare<[string, string], { id: string }>('SELECT id FROM action WHERE id >= ? AND id < ? LIMIT 2')
    .all(target, `${target}\u{10ffff}`);
  if (action.length === 1 && action[0]) return [{ action: action[0].id }];
  const found = resolve(db, target, ['session', 'operation', 'turn']);
  const operations = found.kind === 'operation' ? [found.id] : operationsIn(db, found.kind, found.id);
  return [named(db, { operations, title: `${found.kind} ${found.id}` })];
}

function named(db: Db, target: UndoTarget): UndoTarget {
  if ('action' in target || target.operations.length !== 1) return target;
  const [id = ''] = target.operations;
  const row = db
    .prepare<[string], { name: string; text: string }>(
      'SELECT o.name, e.text FROM operation o JOIN entry e ON e.key = o.id WHERE o.id = ?',
    )
    .get(id);
  const about = row ? `${row.name} ${row.text.split('\n')[0]?.slice(0, 80) ?? ''}`.trim() : id;
  return { ...target, title: about };
}

function operationsIn(db: Db, kind: string, id: string): string[] {
  const sql =
    kind === 'session'
      ? 'SELECT id FROM operation WHERE session = ? ORDER BY at'
      : // The turn's own, and those of the subagents that it started, through all levels.
        `WITH RECURSIVE mine(id) AS (
           SELECT id FROM operation WHERE turn = ?
           UNION SELECT o.id FROM mine m JOIN run r ON r.operation = m.id JOIN operation o ON o.run = r.id)
         SELECT id FROM mine`;
  return db
    .prepare<[string], { id: string }>(sql)
    .all(id)
    .map((row) => row.id);
}
