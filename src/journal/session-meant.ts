// The session that a record is for: the one named, the one that `CLEW_SESSION_ID` names, or the one at work in this folder.
import path from 'node:path';
import { ClewError, shortId } from '../model/index.ts';
import type { Context } from '../model/index.ts';
import { resolve, statusOfSession } from '../query/index.ts';
import type { Moment } from '../query/index.ts';
import type { Db } from '../store/index.ts';

export const sessionVariable = 'CLEW_SESSION_ID';

/**
 * Undefined where none is named and none is at work here. Throws NOT_FOUND for one that is not known, AMBIGUOUS where
 * several are at work in the innermost folder.
 */
export function sessionMeant(
  db: Db,
  moment: Moment,
  context: Pick<Context, 'cwd' | 'env'>,
  given?: string,
): string | undefined {
  if (given !== undefined) return sessionNamed(db, given);
  const named = context.env[sessionVariable];
  if (named) {
    try {
      return sessionNamed(db, named);
    } catch (error) {
      if (!(error instanceof ClewError)) throw error;
      throw new ClewError(
        error.code,
        `${sessionVariable} is "${named}": ${error.message}`,
        `unset ${sessionVariable}, or set it to a session that is there: \`clew sessions\``,
      );
    }
  }
  return sessionAtWork(db, moment, context.cwd);
}

/** Under whichever of its ids it is named. */
const sessionNamed = (db: Db, given: string): string => resolve(db, given, ['session']).id;

function sessionAtWork(db: Db, moment: Moment, cwd: string): string | undefined {
  for (let folder = path.resolve(cwd); ; folder = path.dirname(folder)) {
    const here = db
      .prepare<[string, string], { id: string }>(
        `SELECT id FROM session WHERE workspace = ? OR project = ?
         ORDER BY ended_at DESC, id`,
      )
      .all(folder, folder)
      .map((row) => row.id)
      .filter((id) => statusOfSession(db, id, moment) === 'active');
    const [only, another] = here;
    if (another !== undefined)
      throw new ClewError(
        'AMBIGUOUS',
        `several sessions are at work in ${folder}: ${here.slice(0, 5).map(shortId).join(', ')}`,
        `name one with --session, or set ${sessionVariable}`,
      );
    if (only !== undefined || folder === path.dirname(folder)) return only;
  }
}

export const noSession = (what: string): ClewError =>
  new ClewError(
    'NOT_FOUND',
    `${what}, and no session is at work in this folder`,
    `name one with --session, or set ${sessionVariable}; \`clew sessions\` lists them`,
  );
