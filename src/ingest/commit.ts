// Commits prepared batches: facts and positions, in transactions that span many batches. Their frames stand in the streams
// already, and are found there again if a process dies before its transaction commits.
import path from 'node:path';
import type { Context, Pricing } from '../model/index.ts';
import { firstHash, streamName } from '../stream/index.ts';
import { createProjector, sourcesOf } from '../store/index.ts';
import type { Db, Sources } from '../store/index.ts';
import { explainFull } from './full-disk.ts';
import type { Prepared } from './batch-writer.ts';
import { weightOf } from './weight.ts';

export const streamsFolder = (clewHome: string): string => path.join(clewHome, 'streams');

export function streamFile(clewHome: string, agent: string, id: string): string {
  return path.join(streamsFolder(clewHome), streamName(agent, id));
}

export interface Committer {
  readonly sources: Sources;
  /** Projects a batch in the open transaction, and commits that when it holds enough. */
  take(batch: Prepared): void;
  /** Commits what has been taken. */
  commit(): void;
  /** Gives up what has been taken since the last commit. */
  abandon(): void;
  /** Prepares for very much: the log is copied into the index less often, as each time waits for the disk. */
  bulk(): { end(): void };
  /** What is taken by `work` is on the disk when this returns: for what is kept nowhere else. */
  durably(work: () => void): void;
}

/** A transaction is committed when it holds this much of sources: pages that many batches touch are written once. */
const commitBytes = 32 << 20;
/** How long the log may grow in a large import: 256 MB. */
const bulkLogPages = 65_536;

export function committer(db: Db, context: Context, pricing: Pricing): Committer {
  const sources = sourcesOf(db);
  const projector = createProjector(db, pricing);
  let weight = 0;

  function abandon(): void {
    if (db.inTransaction) db.exec('ROLLBACK');
    weight = 0;
  }

  /** Whatever fails leaves no transaction open. */
  function guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      abandon();
      throw explainFull(error, context);
    }
  }

  function commit(): void {
    if (!db.inTransaction) return;
    guarded(() => {
      projector.settle();
      db.exec('COMMIT');
    });
    weight = 0;
  }

  return {
    sources,
    commit,
    abandon,
    take(batch) {
      guarded(() => {
        if (!db.inTransaction) {
          db.exec('BEGIN IMMEDIATE');
          projector.begin();
        }
        // Prepared on a state that is no longer the last one: whoever was first has taken the same bytes in.
        if ((sources.get(batch.id)?.hash ?? firstHash) !== batch.base) return;
        sources.save(batch.source, batch.position, [batch.frame], batch.redacted);
        projector.project(batch.id, batch.facts);
      });
      weight += weightOf(batch.bytes);
      if (weight >= commitBytes) commit();
    },
    bulk() {
      const usual = db.pragma('wal_autocheckpoint', { simple: true }) as number;
      db.pragma(`wal_autocheckpoint = ${bulkLogPages}`);
      return {
        end() {
          db.pragma('wal_checkpoint(TRUNCATE)');
          db.pragma(`wal_autocheckpoint = ${usual}`);
        },
      };
    },
    durably(work) {
      commit();
      db.pragma('synchronous = FULL');
      try {
        work();
        commit();
      } finally {
        db.pragma('synchronous = NORMAL');
      }
    },
  };
}
