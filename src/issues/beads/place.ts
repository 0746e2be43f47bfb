// Where a project's `.beads` is, and what in it holds the issues.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { foldersAbove, mainWorktree } from '../above.ts';
import type { Surroundings } from '../tracker.ts';

export interface BeadsPlace {
  readonly folder: string;
  /** The database, where it was named by itself. */
  readonly database?: string;
}

/** The `.beads` of the project that a folder belongs to. */
export function findBeads(folder: string, { env, home }: Surroundings): BeadsPlace | undefined {
  const named = env['BEADS_DIR'];
  if (named) return counted(named);
  const given = env['BEADS_DB'];
  if (given) {
    const isFile = statSync(given, { throwIfNoEntry: false })?.isFile();
    return isFile ? { folder: path.dirname(given), database: given } : counted(given);
  }
  for (const at of foldersAbove(folder)) {
    const found = beadsIn(at);
    if (found) return found;
  }
  const usual = path.join(home, '.beads', 'default.db');
  return existsSync(usual) ? { folder: path.dirname(usual), database: usual } : undefined;
}

/**
 * A worktree uses its repository's, unless it has a database of its own or says where it is. What `bd worktree create` says,
 * in 0.47 for one, leads nowhere: it counts from `.beads`, not from the folder that holds it.
 */
function beadsIn(root: string): BeadsPlace | undefined {
  const own = path.join(root, '.beads');
  const main = mainWorktree(root);
  if (main === undefined || redirected(own) !== own || hasDatabase(own)) return counted(own);
  return counted(path.join(main, '.beads')) ?? counted(own);
}

/** The folder, or the one that its `redirect` names; undefined where nothing of beads' is in it. */
function counted(given: string): BeadsPlace | undefined {
  const folder = redirected(path.resolve(given));
  const names = namesIn(folder);
  const isBeads =
    hasDatabase(folder) ||
    names.some((name) => ['metadata.json', 'config.yaml'].includes(name) || name.endsWith('.jsonl'));
  return isBeads ? { folder } : undefined;
}

/** One hop only. */
function redirected(folder: string): string {
  const file = path.join(folder, 'redirect');
  if (!existsSync(file)) return folder;
  const target = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '' && !line.startsWith('#'));
  const there = target === undefined ? folder : path.resolve(path.dirname(folder), target);
  return statSync(there, { throwIfNoEntry: false })?.isDirectory() ? there : folder;
}

const namesIn = (folder: string): string[] =>
  statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder).toSorted() : [];

const isDatabase = (name: string): boolean =>
  name.endsWith('.db') && !name.includes('.backup') && name !== 'vc.db';
const isDolt = (name: string): boolean => ['embeddeddolt', 'dolt', 'proxieddb'].includes(name);
const hasDatabase = (folder: string): boolean =>
  namesIn(folder).some((name) => isDatabase(name) || isDolt(name));

/** Leftovers of a merge, and what holds no issues. */
const noIssues = /^(?:interactions|deletions)\.jsonl$|\.(?:base|left|right)\.jsonl$/;

/** What `metadata.json` says; its older name is `config.json`. */
export function metadataOf(folder: string): Readonly<Record<string, unknown>> {
  for (const name of ['metadata.json', 'config.json']) {
    const file = path.join(folder, name);
    if (!existsSync(file)) continue;
    try {
      const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
      if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
    } catch {
      // What does not parse says nothing; beads itself goes on with its defaults.
    }
  }
  return {};
}

/** What holds the issues. `jsonl`: the export beside it, or the truth where there is nothing else. */
export interface BeadsStore {
  readonly dolt: boolean;
  /** git does not carry it: in a fresh clone it is only named. */
  readonly doltIsHere: boolean;
  readonly database: string | undefined;
  readonly jsonl: string | undefined;
}

export function storeIn({ folder, database }: BeadsPlace): BeadsStore {
  const told = metadataOf(folder);
  const names = namesIn(folder);
  const there = (name: unknown): string | undefined =>
    typeof name === 'string' &&
    name !== '' &&
    statSync(path.resolve(folder, name), { throwIfNoEntry: false })?.isFile()
      ? path.resolve(folder, name)
      : undefined;
  const databases = names.filter(isDatabase);
  const doltIsHere = names.some(isDolt) || Boolean(told['dolt_data_dir']);
  const lines = names.filter((name) => name.endsWith('.jsonl') && !noIssues.test(name));
  return {
    dolt: database === undefined && (told['backend'] === 'dolt' || Boolean(told['dolt_mode']) || doltIsHere),
    doltIsHere,
    database:
      database ??
      there(told['database']) ??
      there('beads.db') ??
      (databases.length === 1 ? there(databases[0]) : undefined),
    jsonl:
      there(told['jsonl_export']) ??
      there('issues.jsonl') ??
      there('beads.jsonl') ??
      (lines.length === 1 ? there(lines[0]) : undefined),
  };
}
