// The project that somebody names: by a folder of it, or by the name of one that clew knows.
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { ClewError } from './model/index.ts';
import type { Context } from './model/index.ts';
import type { Db } from './store/index.ts';
import { rootOf } from './workspace/index.ts';

/** The project's folder. Throws NOT_FOUND, AMBIGUOUS. */
export function projectMeant(db: Db, context: Context, given: string): string {
  const folder = path.resolve(context.cwd, given);
  if (existsSync(folder) && statSync(folder).isDirectory()) return rootOf(folder, context.home);
  const all = db
    .prepare<[], { project: string }>(
      'SELECT DISTINCT project FROM session WHERE project IS NOT NULL ORDER BY project',
    )
    .all()
    .map((row) => row.project);
  const found = all.filter((one) => path.basename(one).toLowerCase() === given.toLowerCase());
  const [only, another] = found;
  if (another !== undefined)
    throw new ClewError(
      'AMBIGUOUS',
      `several projects are called "${given}": ${found.slice(0, 5).join(', ')}`,
      'give the folder',
    );
  if (only !== undefined) return only;
  const names = all.map((one) => path.basename(one)).slice(0, 5);
  throw new ClewError(
    'NOT_FOUND',
    `"${given}" is no folder here, and no project that clew knows is called so`,
    names.length > 0
      ? `give a folder, or a name such as ${names.join(', ')}`
      : 'give the folder of the project',
  );
}
