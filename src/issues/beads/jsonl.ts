// beads' JSONL: the export beside a database, or all that there is in a fresh clone. git merges it line by line, so one issue
// may stand in it twice, and the marks of a conflict between.
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { ClewError } from '../../model/index.ts';
import { byId, issueCapabilities } from '../tracker.ts';
import type { Issue, Tracker } from '../tracker.ts';
import { isListed, issueOf } from './record.ts';
import type { BeadsRecord } from './record.ts';
import { dirtyIssues } from './sqlite.ts';
import { timeOf } from './times.ts';

interface Contents {
  readonly issues: readonly Issue[];
  /** What `bd list` leaves out. */
  readonly unlisted: ReadonlySet<string>;
  readonly unread: number;
  readonly conflicts: number;
}

/** `why`: said first, where it is read in place of something better; `database`: what it was exported from, if SQLite. */
export function jsonlTracker(
  file: string,
  project: string,
  { database, why }: { readonly database?: string | undefined; readonly why?: string | undefined } = {},
): Tracker {
  return {
    name: 'beads (JSONL)',
    place: file,
    project,
    capabilities: issueCapabilities,
    list: async () => {
      const { issues, unlisted } = contentsOf(file);
      return issues.filter((one) => !unlisted.has(one.id));
    },
    get: async (id) => contentsOf(file).issues.find((one) => one.id === id),
    warnings: async () => [
      ...(why === undefined ? [] : [why]),
      ...staleness(file, database),
      ...oddities(file),
    ],
  };
}

function contentsOf(file: string): Contents {
  const newest = new Map<string, Issue>();
  const unlisted = new Set<string>();
  let [unread, conflicts] = [0, 0];
  for (const line of linesOf(file)) {
    if (/^(?:<{7}|={7}|>{7}|\|{7})/.test(line)) {
      if (line.startsWith('<')) conflicts++;
      continue;
    }
    const record = parsed(line);
    if (!record) unread++;
    const issue = record && issueOf(record);
    if (!issue) continue;
    if (!isListed(record)) unlisted.add(issue.id);
    const known = newest.get(issue.id);
    if (!known || (issue.updatedAt ?? '') >= (known.updatedAt ?? '')) newest.set(issue.id, issue);
  }
  const deleted = deletionsBeside(file);
  const issues = [...newest.values()].map((issue): Issue => {
    const at = deleted.get(issue.id);
    return at !== undefined && at >= (issue.updatedAt ?? '') ? { ...issue, state: 'deleted' } : issue;
  });
  return { issues: issues.sort(byId), unlisted, unread, conflicts };
}

/** When issues were deleted, by id: 0.25 to 0.30.1 kept that in a file of its own. */
function deletionsBeside(file: string): Map<string, string> {
  const beside = path.join(path.dirname(file), 'deletions.jsonl');
  if (!statSync(beside, { throwIfNoEntry: false })) return new Map();
  return new Map(
    linesOf(beside)
      .flatMap((line): BeadsRecord[] => [parsed(line) ?? {}])
      .map((one) => [String(one['id']), timeOf(one['ts']) ?? '']),
  );
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '');
  } catch (error) {
    throw new ClewError('UNREADABLE', `${file}: ${(error as Error).message}`, 'look at its permissions', {
      cause: error,
    });
  }
}

function parsed(line: string): BeadsRecord | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as BeadsRecord) : undefined;
  } catch {
    return undefined;
  }
}

function staleness(file: string, database: string | undefined): string[] {
  if (database === undefined) return [];
  const changed = (name: string): number => statSync(name, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const dirty = dirtyIssues(database);
  if (dirty > 0)
    return [`${file} is old: ${many(dirty, 'issue was', 'issues were')} changed in ${database} since`];
  const isOlder = changed(file) < Math.max(changed(database), changed(`${database}-wal`));
  return isOlder ? [`${file} may be old: ${database} was written to since`] : [];
}

function oddities(file: string): string[] {
  const { unread, conflicts } = contentsOf(file);
  return [
    ...(conflicts > 0
      ? [`${file} has the marks of ${many(conflicts, 'merge conflict')}; both sides were read`]
      : []),
    ...(unread > 0 ? [`${file}: ${many(unread, 'line')} could not be read`] : []),
  ];
}

const many = (n: number, one: string, several = `${one}s`): string => `${n} ${n === 1 ? one : several}`;
