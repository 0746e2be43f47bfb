// Which session a record is for: the one that is named, or else the caller's own. The answer says which, and how it was
// found.
import type { Caller } from '../../index.ts';
import { shortId } from '../lines.ts';
import type { Call } from '../tool.ts';
import { session } from '../tool.ts';

export const forSession = session
  .optional()
  .describe("A session's id, or its beginning. Left out: the session that you are in");

export interface Meant {
  /** What the library takes. */
  readonly how: { readonly session: string | undefined; readonly by: string | undefined };
  /** Behind what was recorded. */
  readonly told: (session: string | null) => string;
}

const found: Readonly<Record<Caller['by'], string>> = {
  environment: 'named by CLEW_SESSION_ID',
  process: 'found by your process',
  folder: 'the only one at work in this folder',
};

export function sessionFor({ clew, client }: Call, given: string | undefined): Meant {
  const caller = given === undefined ? clew.caller() : undefined;
  const id = given ?? caller?.session;
  const why = caller === undefined ? '' : `, ${found[caller.by]}`;
  return {
    how: { session: id, by: id === undefined ? client : undefined },
    told: (session) =>
      session === null ? '; it is for no session' : `; it is for session ${shortId(session)}${why}`,
  };
}
