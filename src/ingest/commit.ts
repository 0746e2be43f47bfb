// Commits prepared batches: frames to the streams first, then facts and positions in one transaction. Whatever dies in
// between leaves bytes behind a stream's committed length, which the next append cuts off.
import path from 'node:path';
import { ClewError, sourceId } from '../model/index.ts';
import type { Context } from '../model/index.ts';
import { appendStream, firstHash, streamName } from '../stream/index.ts';
import { createProjector, sourcesOf } from '../store/index.ts';
import type { Db, Sources } from '../store/index.ts';
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

  const write = db.transaction((batches: readonly Prepared[], durable: boolean) => {
    projector.begin();
    for (const batch of batches) {
      const row = sources.get(batch.id);
      // Prepared on a state that is no longer the last one: whoever was first has taken the same bytes in.
      if ((row?.hash ?? firstHash) !== batch.base) continue;
      const { bytes, at, stored } = batch.frame;
      const start = stored?.start ?? row?.length ?? 0;
      const file = streamFile(context.clewHome, batch.source.agent, sourceId(batch.source));
      const length = stored?.end ?? appendStream(file, start, bytes, durable);
      const rows = [{ at, start }];
      sources.save(batch.source, { ...batch.position, length }, rows, batch.redacted);
      projector.project(batch.id, batch.facts);
    }
    projector.settle();
  });

  return {
    sources,
    commit(batches, durable = false) {
      try {
        if (durable) db.pragma('synchronous = FULL');
        write.immediate(batches, durable);
      } catch (error) {
        throw explain(error, context);
      } finally {
        if (durable) db.pragma('synchronous = NORMAL');
      }
    },
  };
}

function explain(error: unknown, context: Context): unknown {
  const code = (error as { code?: string }).code ?? '';
  if (code !== 'ENOSPC' && code !== 'SQLITE_FULL' && code !== 'EDQUOT') return error;
  return new ClewError(
    'NO_SPACE',
    `the disk that holds ${context.clewHome} is full`,
    'make room and run the same command again: nothing was lost, and it goes on where it stopped',
    { cause: error },
  );
}
