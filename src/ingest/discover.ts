// Finds the sources on this machine, and which of them look different from when they were last read.
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { adapters } from '../agents/index.ts';
import { ClewError, sourceId } from '../model/index.ts';
import type { AgentRoot, Config, Context, SourceFile, Stamp } from '../model/index.ts';
import type { Sources } from '../store/index.ts';
import { recordFiles } from '../stream/index.ts';
import type { Hot } from './hot.ts';

export interface Failure {
  readonly path: string;
  readonly message: string;
}

export interface Discovery {
  /** Where clew looked, and whether the folder is there. */
  readonly roots: readonly (AgentRoot & { readonly agent: string; readonly exists: boolean })[];
  /** Sources looked at. */
  readonly found: number;
  /** Sources that are new or look changed, the huge ones first, otherwise by path: what belongs together comes together. */
  readonly changed: readonly { readonly source: SourceFile; readonly waiting: number }[];
  readonly failures: readonly Failure[];
}

/** A source with more than this is begun first, so that no worker is left with it at the end. */
const hugeBytes = 32 << 20;

const isFolder = (place: string): boolean =>
  statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** Looks everywhere, where it is hot, or below the given paths only (files and folders). Throws NOT_FOUND for a path that is not there. */
export function discover(
  context: Context,
  config: Config,
  sources: Sources,
  { paths, hot }: { readonly paths?: readonly string[] | undefined; readonly hot?: Hot | undefined } = {},
): Discovery {
  // Where few files are looked at, only these are looked up.
  const looks = paths || hot ? undefined : sources.looks();
  const failures: Failure[] = [];
  const changed: { source: SourceFile; waiting: number }[] = [];
  const seen = new Set<string>();
  let found = 0;
  const onError = (place: string, error: Error): void => {
    failures.push({ path: place, message: error.message });
  };
  const consider = (source: SourceFile): void => {
    const key = `${source.agent}\0${source.machine}\0${source.path}`;
    if (seen.has(key)) return;
    seen.add(key);
    try {
      const known = looks ? looks.get(key) : sources.look(sourceId(source));
      if (known && hot && !source.stamp && !hot.has(source.path)) return;
      const stamp = source.stamp ?? fileStamp(source.path);
      found++;
      if (known && known.size === stamp.size && known.mtime === stamp.mtime && known.ino === stamp.ino)
        return;
      if (!source.stamp) accessSync(source.path, constants.R_OK);
      const read = source.kind === 'document' ? 0 : (known?.offset ?? 0);
      changed.push({ source, waiting: Math.max(0, stamp.size - read) });
    } catch (error) {
      onError(source.path, error as Error);
    }
  };

  for (const file of recordFiles(context.clewHome)) consider(recordSource(file, context.machine));

  const enter = (folder: string): boolean => hot?.enter(folder) ?? true;
  const roots: (AgentRoot & { agent: string; exists: boolean })[] = [];
  for (const adapter of adapters) {
    const places = paths
      ? paths.filter(isFolder).map((place) => ({
          path: place,
          machine: machineOf(place, context, config),
          origin: 'command line',
        }))
      : adapter.roots(context, config);
    for (const root of places) {
      const exists = isFolder(root.path);
      roots.push({ ...root, agent: adapter.name, exists });
      if (exists) for (const source of adapter.discover(root, onError, enter)) consider(source);
    }
  }
  for (const given of paths ?? []) {
    const place = path.resolve(context.cwd, given);
    const stat = statSync(place, { throwIfNoEntry: false });
    if (!stat)
      throw new ClewError(
        'NOT_FOUND',
        `${place} is not there`,
        'name a transcript, or a folder that holds some',
      );
    if (stat.isDirectory()) continue;
    const machine = machineOf(place, context, config);
    const source = adapters.map((a) => a.recognise(place, machine)).find(Boolean);
    const failed = failures.length;
    const many = source
      ? [source]
      : adapters.flatMap((a) => [...(a.within?.(place, machine, onError) ?? [])]);
    for (const one of many) consider(one);
    if (many.length === 0 && failures.length === failed)
      onError(place, new Error('is no record of an agent that clew knows'));
  }
  changed.sort(
    (a, b) =>
      Number(b.waiting > hugeBytes) - Number(a.waiting > hugeBytes) ||
      (a.source.path < b.source.path ? -1 : 1),
  );
  return { roots, found, changed, failures };
}

/** A file of the journal. */
function recordSource(file: string, machine: string): SourceFile {
  return { agent: 'clew', kind: 'records', machine, path: file, session: undefined, run: undefined };
}

function fileStamp(place: string): Stamp {
  const stat = statSync(place);
  if (!stat.isFile()) throw new Error('is not a regular file');
  return { size: stat.size, mtime: stat.mtimeMs, ino: stat.ino };
}

/** A path below a configured folder carries that folder's machine label. */
function machineOf(place: string, context: Context, config: Config): string {
  const within = config.sources.find((one) => !path.relative(path.resolve(one.path), place).startsWith('..'));
  return within?.machine ?? context.machine;
}
