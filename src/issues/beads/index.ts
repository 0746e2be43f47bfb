// beads (`bd`, `br`), in every version: which of its stores holds the truth, and how that is read.
import path from 'node:path';
import { ClewError } from '../../model/index.ts';
import type { Surroundings, Tracker, TrackerKind } from '../tracker.ts';
import { commandTracker, programIn } from './command.ts';
import { jsonlTracker } from './jsonl.ts';
import { findBeads, storeIn } from './place.ts';
import type { BeadsStore } from './place.ts';
import { serverOf, serverTracker } from './server.ts';
import { holdsIssues, sqliteTracker } from './sqlite.ts';

export const beads: TrackerKind = {
  name: 'beads',
  find(folder, surroundings) {
    const place = findBeads(folder, surroundings);
    if (!place) return undefined;
    const project = path.dirname(place.folder);
    const store = storeIn(place);
    const { dolt, database, jsonl } = store;
    if (dolt || (serverOf(place.folder, surroundings) && place.database === undefined))
      return doltTracker(place.folder, project, store, surroundings);
    if (database !== undefined && (jsonl === undefined || holdsIssues(database)))
      return sqliteTracker(database, project, jsonl);
    if (jsonl === undefined) return undefined;
    const why = database && `${database} has no issues that can be read: they are read from ${jsonl}`;
    return jsonlTracker(jsonl, project, { database, why });
  },
};

function doltTracker(
  folder: string,
  project: string,
  { doltIsHere, jsonl }: BeadsStore,
  surroundings: Surroundings,
): Tracker {
  const server = serverOf(folder, surroundings);
  if (server) return serverTracker(server, project);
  const bd = programIn(surroundings.env, 'bd');
  if (jsonl !== undefined && (bd === undefined || !doltIsHere)) {
    const missing = doltIsHere
      ? 'which only `bd` can read, and there is no `bd`'
      : 'which is not here: `bd bootstrap` makes it';
    return jsonlTracker(jsonl, project, {
      why: `the issues are in a Dolt database, ${missing}; they are read from ${jsonl}, an export of it that may be old`,
    });
  }
  return commandTracker(bd ?? 'bd', folder, project, surroundings);
}

/** The SQLite database of a project's beads. Throws NOT_FOUND where there is none, BAD_INPUT where beads uses Dolt. */
export function beadsDatabase(folder: string, surroundings: Surroundings): string {
  const place = findBeads(folder, surroundings);
  if (!place)
    throw new ClewError(
      'NOT_FOUND',
      `${folder} has no .beads`,
      '`bd init` makes it; BEADS_DIR names another',
    );
  const { dolt, database } = storeIn(place);
  if (dolt || serverOf(place.folder, surroundings))
    throw new ClewError(
      'BAD_INPUT',
      `${place.folder} keeps its issues in Dolt, which has no place for tables of others`,
      'they can only stand in SQLite; `clew issue ID --json` and `clew export` have what clew knows',
    );
  if (database === undefined || !holdsIssues(database))
    throw new ClewError(
      'NOT_FOUND',
      `${place.folder} has no database of beads`,
      'any command of `bd` makes it from the JSONL',
    );
  return database;
}
