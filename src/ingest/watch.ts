// Live ingest: takes in what changes as it changes. Folders are watched, not files; a full look round now and then
// finds what the system did not report.
import { watch as watchFolder } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import path from 'node:path';
import { adapters } from '../agents/index.ts';
import type { Config, Context } from '../model/index.ts';
import { makeSpool } from '../stream/index.ts';
import type { IngestReport, Ingester } from './ingest.ts';

export interface WatchOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called after each round that took something in, and after the first. */
  readonly onReport?: ((report: IngestReport) => void) | undefined;
}

/** Changes are gathered for this long: a burst of writes becomes one frame. */
const settleMs = 120;
const lookRoundMs = 30_000;
/** A round that another importer was in the way of is tried again after this. */
const retryMs = 500;

/** Runs until the signal aborts. `ingester` is asked for each round, as the index may have been swapped meanwhile. */
export async function watch(
  ingester: () => Ingester,
  context: Context,
  config: Config,
  options: WatchOptions = {},
): Promise<void> {
  const { signal, onReport } = options;
  const spool = makeSpool(context.clewHome);
  const watchers = new Map<string, FSWatcher>();
  const changed = new Set<string>();
  let lookRound = true;
  let wake: (() => void) | undefined;

  const note = (folder: string, name: string | null): void => {
    if (folder === spool) changed.add(spool);
    else if (name?.endsWith('.jsonl') || name?.endsWith('.meta.json')) changed.add(path.join(folder, name));
    else lookRound = true;
    wake?.();
  };
  const follow = (folder: string): void => {
    if (watchers.has(folder)) return;
    try {
      const watcher = watchFolder(folder, (_, name) => note(folder, name));
      watcher.on('error', () => drop(folder));
      watchers.set(folder, watcher);
    } catch {
      // Gone already, or the system's limit on watches: the look round finds what happens there.
    }
  };
  const drop = (folder: string): void => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (signal?.aborted) {
        resolve();
        return;
      }
      const timer = setTimeout(done, ms);
      function done(): void {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        wake = undefined;
        resolve();
      }
      signal?.addEventListener('abort', done, { once: true });
      wake = done;
    });

  try {
    follow(spool);
    const isOver = (): boolean => signal?.aborted ?? false;
    for (let first = true; !isOver(); first = false) {
      const everywhere = lookRound;
      const paths = [...changed].filter((one) => one !== spool);
      lookRound = false;
      changed.clear();
      if (everywhere) for (const folder of foldersOf(context, config)) follow(folder);
      const report = await ingester().run({ waitMs: 0, ...(!everywhere && { paths }) });
      if (!report.ran) {
        lookRound = true;
        await pause(retryMs);
        continue;
      }
      if (first || report.lines > 0 || report.hookCalls > 0) onReport?.(report);
      if (changed.size === 0 && !lookRound) {
        await pause(lookRoundMs);
        if (changed.size === 0) lookRound = true;
      }
      await new Promise((resolve) => setTimeout(resolve, signal?.aborted ? 0 : settleMs));
    }
  } finally {
    for (const watcher of watchers.values()) watcher.close();
  }
}

/** Every folder in which records lie or may come to lie. */
function foldersOf(context: Context, config: Config): Set<string> {
  const folders = new Set<string>();
  for (const adapter of adapters)
    for (const root of adapter.roots(context, config)) {
      folders.add(root.path);
      folders.add(path.join(root.path, 'projects'));
      for (const source of adapter.discover(root, () => {})) folders.add(path.dirname(source.path));
    }
  return folders;
}
