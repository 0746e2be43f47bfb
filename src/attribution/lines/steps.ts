// What changed on the disk between checkpoints, and whose doing it was, as the index tells it (`workspace/attribute.ts`).
import type { Db } from '../../store/index.ts';
import type { Author } from './claims.ts';
import { operationAuthor } from './claims.ts';

/** Whose doing a change was. */
export interface Doing {
  readonly authors: readonly Author[];
  /** It was the edit tools' own: nothing else could have brought the lines. */
  readonly isEdit: boolean;
  /** An undo or a restore of clew's: nobody wrote anything. */
  readonly isOwn: boolean;
}

export interface Step extends Doing {
  readonly checkpoint: string;
  readonly root: string;
  readonly fromAt: number;
  readonly at: number;
  readonly fromHead: string | null;
  readonly head: string | null;
  /** As git names it in full. */
  readonly fromBranch: string | null;
  readonly branch: string | null;
}

export interface Effect extends Doing {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

interface StepRow {
  readonly checkpoint: string;
  readonly root: string;
  readonly by: string;
  readonly operations: string;
  readonly fromAt: number;
  readonly at: number;
  readonly fromHead: string | null;
  readonly head: string | null;
  /** As git names it in full. */
  readonly fromBranch: string | null;
  readonly branch: string | null;
}

interface EffectRow {
  readonly checkpoint: string;
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly by: string;
  readonly operations: string;
}

/** Where more files went, only one with just the same content is thought to be the same. */
const mostGone = 8;

export function stepReader(db: Db) {
  const steps = db.prepare<[string, number], StepRow>(
    `SELECT s.checkpoint, c.root, s.by, s.operations, f.at AS fromAt, c.at, f.head AS fromHead, c.head,
       f.branch AS fromBranch, c.branch
     FROM checkpoint c JOIN step s ON s.checkpoint = c.id JOIN checkpoint f ON f.id = s.previous
     WHERE c.root = ? AND c.at >= ? AND s.previous <> '' ORDER BY c.at, c.id`,
  );
  const effects = db.prepare<[string], EffectRow>(
    `SELECT checkpoint, path, before_oid AS before, after_oid AS after, by, operations FROM effect
     WHERE path = ? AND coalesce(before_mode, '100') LIKE '100%' AND coalesce(after_mode, '100') LIKE '100%'`,
  );
  const trees = db.prepare<[string, number], { tree: string }>(
    'SELECT tree FROM checkpoint WHERE root = ? AND at >= ? AND tree IS NOT NULL ORDER BY at, id',
  );
  const gone = db.prepare<[string], { path: string; before: string }>(
    "SELECT path, before_oid AS before FROM effect WHERE checkpoint = ? AND after_oid IS NULL AND before_mode LIKE '100%'",
  );
  const kind = db.prepare<[string], { type: string }>('SELECT type FROM operation WHERE id = ?');
  const types = new Map<string, string>();
  const isEdit = (id: string): boolean => {
    const known = types.get(id) ?? kind.get(id)?.type ?? 'other';
    types.set(id, known);
    return known === 'write';
  };

  function doing(by: string, told: string): Doing {
    const ids = JSON.parse(told) as string[];
    const operations = ids.map(operationAuthor);
    const isOwn = by === 'clew';
    if (by === 'user') return { authors: ['human'], isEdit: false, isOwn };
    if (operations.length === 0 || isOwn) return { authors: ['unknown'], isEdit: false, isOwn };
    if (by === 'unknown') return { authors: [...operations, 'human'], isEdit: false, isOwn };
    return { authors: operations, isEdit: ids.every(isEdit), isOwn };
  }

  return {
    /** Of one working tree, in order. */
    steps: (root: string, since: number): Step[] =>
      steps.all(root, since).map(({ by, operations, ...row }) => ({
        ...row,
        ...doing(by, operations),
      })),
    /** Of one working tree, in order. */
    trees: (root: string, since: number): string[] => trees.all(root, since).map((row) => row.tree),
    /** The names of files that went as one came with this content, and could be the same file. */
    gone(checkpoint: string, content: string | null): string[] {
      const all = gone.all(checkpoint);
      const same = all.filter((one) => one.before === content);
      return (same.length > 0 || all.length > mostGone ? same : all).map((one) => one.path);
    },
    /** What happened to a path, by checkpoint; of all projects. */
    effects: (path: string): (Effect & { readonly checkpoint: string })[] =>
      effects.all(path).map(({ by, operations, ...row }) => ({ ...row, ...doing(by, operations) })),
  };
}
