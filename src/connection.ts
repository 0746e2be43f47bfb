// The open index behind the library: opened when first needed, rebuilt where it is absent or damaged though there are
// streams, opened anew when another process has swapped it, only read where it cannot be written to.
import { existsSync, statSync } from 'node:fs';
import { createIngester, reindex, streamsFolder } from './ingest/index.ts';
import type { Ingester, ReindexReport } from './ingest/index.ts';
import { ClewError, isNotWritable, notWritable } from './model/index.ts';
import type { Config, Context, Pricing } from './model/index.ts';
import {
  indexFile,
  isDamage,
  openIndex,
  openToRead,
  reprice,
  setIndexAside,
  takeLock,
} from './store/index.ts';
import type { Db } from './store/index.ts';

export interface Connection {
  readonly db: () => Db;
  readonly ingester: () => Ingester;
  readonly importing: <T>(work: (ingester: Ingester) => Promise<T>) => Promise<T>;
  /** Runs a read; where the index turns out to be damaged, it is set aside and rebuilt, and the read is run again. */
  readonly guarded: <T>(read: () => T) => T;
  readonly rebuild: (onProgress?: (done: number, total: number) => void) => ReindexReport;
  readonly close: () => void;
}

/** How long to wait for an importer before a rebuild. */
const waitMs = 10 * 60_000;

export function connect(context: Context, config: Config, pricing: () => Pricing): Connection {
  const file = indexFile(context.clewHome);
  let open: { db: Db; ino: number; ingester: Ingester | undefined; denied?: unknown } | undefined;

  function close(): void {
    open?.db.close();
    open = undefined;
  }

  function db(): Db {
    if (open && statSync(file, { throwIfNoEntry: false })?.ino === open.ino) return open.db;
    close();
    try {
      open = openToWrite();
    } catch (error) {
      if (!isNotWritable(error, context.clewHome)) throw error;
      const readable = openToRead(file);
      if (!readable) throw notWritable(context.clewHome, error);
      open = { db: readable, ino: statSync(file).ino, ingester: undefined, denied: error };
    }
    return open.db;
  }

  function openToWrite(): { db: Db; ino: number; ingester: undefined } {
    let opened = openIndex(file, context.now());
    if (opened.fresh && existsSync(streamsFolder(context.clewHome))) {
      opened.db.close();
      rebuild();
      opened = openIndex(file, context.now());
    }
    reprice(opened.db, pricing());
    return { db: opened.db, ino: statSync(file).ino, ingester: undefined };
  }

  function ingester(): Ingester {
    const index = db();
    if (!open) throw new Error('the index was closed');
    if (open.denied !== undefined) throw notWritable(context.clewHome, open.denied);
    open.ingester ??= createIngester(index, context, config, pricing());
    return open.ingester;
  }

  function setAside(): void {
    close();
    if (existsSync(file)) setIndexAside(file, context.now());
  }

  function rebuild(onProgress?: (done: number, total: number) => void): ReindexReport {
    close();
    const lock = takeLock(context.clewHome, waitMs);
    if (!lock)
      throw new ClewError(
        'BUSY',
        'another process has been importing for ten minutes',
        'wait for it, or end it',
      );
    try {
      return reindex(context, pricing(), onProgress);
    } finally {
      lock.release();
    }
  }

  return {
    db,
    ingester,
    close,
    rebuild,
    guarded(read) {
      try {
        return read();
      } catch (error) {
        if (!isDamage(error)) throw error;
        setAside();
        return read();
      }
    },
    async importing(work) {
      try {
        return await work(ingester());
      } catch (error) {
        if (!isDamage(error)) throw error;
        setAside();
        return await work(ingester());
      }
    },
  };
}
