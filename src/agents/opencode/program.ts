// How OpenCode is started, and takes up a session of its own: in the session's own folder alone, as elsewhere it never ends.
// Evidence: SOURCES.md under "Going on".
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ClewError } from '../../model/index.ts';
import type { AgentProgram, Context, OwnSession } from '../../model/index.ts';
import { isSameFolder } from '../shared/own-place.ts';
import { realPath } from '../shared/roots.ts';
import { withDatabase } from './database.ts';
import { dataFolder } from './places.ts';
import { sessionOf } from './storage.ts';

export const program: AgentProgram = {
  name: 'opencode',
  withPrompt: ['opencode', '--prompt'],
  resume(context: Context, session: OwnSession, folder: string) {
    const obstacle = existsSync(databaseOf(context))
      ? obstacleIn(databaseOf(context), session, folder)
      : obstacleInStorage(context, session, folder);
    return obstacle === undefined ? ['opencode', '--session', session.id] : { obstacle };
  },
};

const databaseOf = (context: Context): string =>
  path.resolve(dataFolder(context), context.env['OPENCODE_DB'] || 'opencode.db');

const elsewhere = 'it is to go on in another folder';

function obstacleIn(database: string, { id }: OwnSession, folder: string): string | undefined {
  let directory: string | undefined;
  try {
    directory = withDatabase(database, ({ prepare }) =>
      prepare<[string], string>('SELECT directory FROM session WHERE id = ?').pluck().get(id),
    );
  } catch (error) {
    if (error instanceof ClewError) return "OpenCode's database cannot be read";
    throw error;
  }
  if (directory === undefined) return "it is not in OpenCode's database";
  return isSameFolder(directory, folder) ? undefined : elsewhere;
}

/** Up to 1.1; a newer version takes the files into its database when it is started. */
function obstacleInStorage(
  context: Context,
  { places, workspace }: OwnSession,
  folder: string,
): string | undefined {
  const storage = realPath(path.join(dataFolder(context), 'storage')) + path.sep;
  const there = places.filter((place) => existsSync(place) && sessionOf(place) !== undefined);
  if (!there.some((place) => place.startsWith(storage))) return "it is not in OpenCode's folder";
  return workspace !== null && isSameFolder(workspace, folder) ? undefined : elsewhere;
}
