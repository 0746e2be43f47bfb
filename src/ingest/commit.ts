// Commits prepared batches: facts and positions, in one transaction. Their frames stand in the streams already.
import path from 'node:path';
import type { Context } from '../model/index.ts';
import { firstHash, streamName } from '../stream/index.ts';
import { createProjector, sourcesOf } from '../store/index.ts';
import type { Db, Sources } from '../store/index.ts';
import { explainFull } from './full-disk.ts';
import type { Prepared } from './prepare.ts';

export const streamsFolder = (clewHome: string): string => path.join(clewHome, 'streams');

export function streamFile(clewHome: string, agent: string, id: string): string {
  return path.join(streamsFolder(clewHome), streamName(agent, id));
}

export interface Committer {
  readonly sources: Sources;
  /** Commits all of these or none. `durable`: on disk before it returns, for what is kept nowhere else. */
  commit(batches: readonly Prepared[], durable?: boolean): void;
}

export function committer(db: Db, context: Context): Committer {
  const sources = sourcesOf(db);
  const projector = createProjector(db);

  const write = db.transaction((batches: readonly Prepared[]) => {
    projector.begin();
    for (const batch of batches) {
      const row = sources.get(batch.id);
      // Prepared on a state that is no longer the last one: whoever was first has taken the same bytes in.
      if ((row?.hash ?? firstHash) !== batch.base) continue;
      sources.save(batch.source, batch.position, [batch.frame], batch.redacted);
      projector.project(batch.id, batch.facts);
    }
    projector.settle();
  });

  return {
    sources,
    commit(batches, durable = false) {
      try {
        if (durable) db.pragma('synchronous = FULL');
        write.immediate(batches);
      } catch (error) {
        throw explainFull(error, context);
      } finally {
        if (durable) db.pragma('synchronous = NORMAL');
      }
    },
  };
}
