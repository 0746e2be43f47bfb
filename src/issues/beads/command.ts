// beads on Dolt, embedded: the database belongs to one process at a time, so `bd` itself is asked.
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { ClewError } from '../../model/index.ts';
import { byId, capableOfAllBut } from '../tracker.ts';
import type { Issue, Surroundings, Tracker } from '../tracker.ts';
import { categoriesOf, hasOwnStatus, issueOf } from './record.ts';
import type { BeadsRecord } from './record.ts';

const timeoutMs = 60_000;
const maxBuffer = 512 * 1024 * 1024;

/** The program of that name that a shell would find. */
export function programIn(env: Surroundings['env'], name: string): string | undefined {
  return (env['PATH'] ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder || '.', name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

const listed = ['list', '--json', '--all', '--limit', '0'];
const hidden = ['--include-gates', '--include-templates', '--include-infra'];

export function commandTracker(bd: string, folder: string, project: string, { env }: Surroundings): Tracker {
  const ask = (...args: string[]): Promise<BeadsRecord[]> => asked(bd, args, folder, project, env);
  /** What a project's own statuses amount to is asked for only where an issue has one: each question costs half a second. */
  const issuesOf = async (records: readonly BeadsRecord[]): Promise<Issue[]> => {
    const categories = records.some(hasOwnStatus)
      ? categoriesOf((await ask('config', 'get', 'status.custom', '--json').catch(() => []))[0]?.['value'])
      : undefined;
    return records.flatMap((one) => issueOf(one, categories) ?? []);
  };
  return {
    name: 'beads (Dolt)',
    place: folder,
    project,
    capabilities: capableOfAllBut('closedBySession'),
    list: async () => (await issuesOf(await ask(...listed))).sort(byId),
    // `bd show` would make it the issue that a bare `bd close` closes.
    get: async (id) =>
      (await issuesOf(await ask(...listed, ...hidden, '--id', id))).find((one) => one.id === id),
    warnings: async () => [],
  };
}

/** Throws UNREADABLE. */
async function asked(
  bd: string,
  args: readonly string[],
  folder: string,
  project: string,
  env: Surroundings['env'],
): Promise<BeadsRecord[]> {
  const run = (all: readonly string[]): Promise<Ran> =>
    ran(bd, all, { cwd: project, env: { ...env, BEADS_DIR: folder, BD_GIT_HOOK: '1' } });
  let flags = [...args, '--readonly'];
  let done = await run(flags);
  // Versions differ in the flags that they know.
  for (let unknown = unknownFlag(done); unknown && flags.includes(unknown); unknown = unknownFlag(done)) {
    flags = without(flags, unknown);
    done = await run(flags);
  }
  if (done.failure === undefined) {
    const records = recordsIn(done.stdout);
    if (records) return records;
  }
  const said = errorIn(done.stderr) ?? errorIn(done.stdout) ?? done.failure ?? 'it printed no JSON';
  throw new ClewError(
    'UNREADABLE',
    `${bd} ${args.join(' ')} in ${project}: ${said}`,
    'run it yourself to see what is wrong; in a fresh clone `bd bootstrap` makes the database, and `bd doctor` helps',
  );
}

interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly failure: string | undefined;
}

const ran = (
  bd: string,
  args: readonly string[],
  how: { cwd: string; env: Surroundings['env'] },
): Promise<Ran> =>
  new Promise((resolve) => {
    execFile(bd, args, { ...how, encoding: 'utf8', timeout: timeoutMs, maxBuffer }, (error, stdout, stderr) =>
      resolve({ stdout, stderr, failure: error?.message.trim() }),
    );
  });

const unknownFlag = ({ failure, stderr, stdout }: Ran): string | undefined =>
  failure === undefined ? undefined : /unknown flag: (--[\w-]+)/.exec(`${stderr}\n${stdout}`)?.[1];

/** Some have a value behind them. */
const without = (flags: readonly string[], flag: string): string[] =>
  flags.toSpliced(flags.indexOf(flag), ['--limit', '--id'].includes(flag) ? 2 : 1);

/** A bare array, one object, or either in an envelope `{schema_version, data}`; undefined where it is no JSON. */
function recordsIn(stdout: string): BeadsRecord[] | undefined {
  const value = json(stdout);
  const inner = isObject(value) && 'schema_version' in value && 'data' in value ? value['data'] : value;
  if (inner === null) return [];
  if (Array.isArray(inner)) return inner.filter(isObject);
  return isObject(inner) ? [inner] : undefined;
}

/** Notices may stand before it, and advice behind it. */
function errorIn(output: string): string | undefined {
  for (let at = output.indexOf('{'); at >= 0; at = output.indexOf('{', at + 1)) {
    const value = json(output.slice(at));
    if (isObject(value) && typeof value['error'] === 'string') return value['error'];
  }
  const lines = output.trim().split('\n');
  return lines.find((line) => line.startsWith('Error')) ?? (lines.at(-1) || undefined);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is BeadsRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
