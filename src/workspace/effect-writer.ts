// Writes whose doing a step was, and each file that changed in it; of several operations, the one whose own record tells
// just this change.
import type { Db } from '../store/index.ts';
import type { Author, Step } from './attribute.ts';
import type { Difference, Objects } from './objects.ts';

export function writerOf(db: Db, root: string, objects: Objects) {
  const setStep = db.prepare(
    'INSERT OR REPLACE INTO step(checkpoint, previous, by, operations) VALUES (?,?,?,?)',
  );
  // As the record alone does not tell them; what it tells comes back with it.
  const dropChanges = db.prepare(
    `DELETE FROM change WHERE partial = 1 AND (operation, path) IN
     (SELECT j.value, ? || e.path FROM effect e, json_each(e.operations) j WHERE e.checkpoint = ? AND e.by = 'operation')`,
  );
  const dropEffects = db.prepare('DELETE FROM effect WHERE checkpoint = ?');
  const dropLinks = db.prepare('DELETE FROM effect_of WHERE checkpoint = ?');
  const setEffect = db.prepare('INSERT OR REPLACE INTO effect VALUES (?,?,?,?,?,?,?,?)');
  const setChange = db.prepare(
    'INSERT OR IGNORE INTO change(operation, path, kind, added, removed, partial) VALUES (?,?,?,?,?,1)',
  );
  const link = db.prepare('INSERT OR IGNORE INTO effect_of(operation, checkpoint, path) VALUES (?,?,?)');
  const told = db.prepare<[string, string], { n: number }>(
    'SELECT count(*) AS n FROM change WHERE operation = ? AND path = ?',
  );
  const running = db.prepare<[string], { n: number }>(
    "SELECT count(*) AS n FROM operation WHERE id = ? AND type <> 'write'",
  );

  const recorded = db.prepare<[string, string], { diff: string }>(
    `SELECT e.text AS diff FROM change c JOIN entry e ON e.key = c.operation || '|' || c.path
     WHERE c.operation = ? AND c.path = ? AND c.partial = 0`,
  );

  /** Of edits that ran side by side, the one whose record names this file did it; a command could have as well. */
  function narrow(step: Step, path: string): readonly string[] {
    const { operations, background } = step;
    const edits = operations.filter((id) => !background.includes(id));
    if (operations.length < 2 || edits.some((id) => (running.get(id)?.n ?? 0) > 0)) return operations;
    const tellers = edits.filter((id) => (told.get(id, `${root}/${path}`)?.n ?? 0) > 0);
    const [only] = tellers;
    if (only === undefined || tellers.length > 1) return operations;
    return background.length === 0 || tellsAll(only, step, path) ? tellers : operations;
  }

  /** Whether it was the one that is left. */
  function isSure(step: Step, [only, ...others]: readonly string[], path: string): boolean {
    if (only === undefined || others.length > 0) return false;
    if (step.by === 'shared') return true;
    return step.by === 'unknown' && running.get(only)?.n === 0 && tellsAll(only, step, path);
  }

  /** Whether the record of an edit tells the whole change: then what went on in the background has left the file alone. */
  function tellsAll(operation: string, { from, to }: Step, path: string): boolean {
    const row = recorded.get(operation, `${root}/${path}`);
    if (!row?.diff) return false;
    const patch = objects.patch(from.tree ?? '', to.tree ?? '', { paths: [path] });
    return changedLines(patch.slice(Math.max(0, patch.indexOf('\n@@')))) === changedLines(row.diff);
  }

  return {
    step(checkpoint: string, previous: string, by: Author, operations: readonly string[]): void {
      dropChanges.run(`${root}/`, checkpoint);
      dropEffects.run(checkpoint);
      dropLinks.run(checkpoint);
      setStep.run(checkpoint, previous, by, JSON.stringify(operations));
    },
    effect(step: Step, { path, before, after, added, removed }: Difference): void {
      const operations = narrow(step, path);
      const by = isSure(step, operations, path) ? 'operation' : step.by;
      setEffect.run(
        step.to.id,
        path,
        before?.mode ?? null,
        before?.oid ?? null,
        after?.mode ?? null,
        after?.oid ?? null,
        by,
        JSON.stringify(operations),
      );
      for (const operation of operations) link.run(operation, step.to.id, path);
      // What no record tells, such as what a command did, is a change like those that records tell.
      const kind = before ? (after ? 'update' : 'delete') : 'create';
      if (by === 'operation') setChange.run(operations[0], `${root}/${path}`, kind, added, removed);
    },
  };
}

const changedLines = (diff: string): string => diff.match(/^[-+].*$/gm)?.join('\n') ?? '';
