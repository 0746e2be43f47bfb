// Reading as the library offers it: sessions, turns, operations, checkpoints, files, and what is found in them.
import { adapterOf } from './agents/index.ts';
import { recordAt, sessionLines } from './ingest/index.ts';
import type { AgentName, Context } from './model/index.ts';
import { exportSession } from './query/export/index.ts';
import {
  changedFiles,
  checkpointDetail,
  fileHistory,
  listCheckpoints,
  listOperations,
  listSessions,
  operationDetail,
  overviewOf,
  resolve,
  searchEntries,
  turnDetail,
} from './query/index.ts';
import type {
  Found,
  Moment,
  OperationDetail,
  Overview,
  SessionDetail,
  Timeline,
  TimelineOptions,
} from './query/index.ts';
import { eventLog } from './journal/index.ts';
import type { WayBack } from './way-back.ts';
import { markThinned } from './workspace/index.ts';

import { keptOrNot } from './kept-checkpoint.ts';
import { present } from './present.ts';
import type { Connection } from './connection.ts';
import type { Clew } from './clew.ts';

export type ReadingHere = Pick<
  Clew,
  | 'overview'
  | 'sessions'
  | 'session'
  | 'timeline'
  | 'checkpoints'
  | 'checkpoint'
  | 'turn'
  | 'operation'
  | 'operations'
  | 'find'
  | 'search'
  | 'files'
  | 'fileHistory'
  | 'export'
>;

export function readingHere({
  context,
  connection: { db, guarded },
  moment,
  back,
  idOf,
  isOver,
  detail,
  timeline,
  notes,
}: {
  readonly context: Context;
  readonly connection: Connection;
  readonly moment: () => Moment;
  readonly back: Pick<WayBack, 'effects' | 'withDiffs' | 'undoState'>;
  /** The whole id. */
  readonly idOf: (given: string, kind: Found['kind']) => string;
  readonly isOver: (session: string) => boolean;
  readonly detail: (session: string) => SessionDetail;
  readonly timeline: (session: string, options?: TimelineOptions) => Timeline;
  /** What needs a look, beside what is told by sessions. */
  readonly notes: () => Overview['attention'];
}): ReadingHere {
  return {
    overview: () =>
      guarded(() => {
        const overview = overviewOf(db(), moment(), new Date(context.now()).setHours(0, 0, 0, 0));
        return { ...overview, attention: [...overview.attention, ...notes()] };
      }),
    sessions: (filter) => guarded(() => listSessions(db(), moment(), filter)),
    session: (id) => guarded(() => detail(idOf(id, 'session'))),
    timeline: (id, how) => guarded(() => timeline(idOf(id, 'session'), how)),
    checkpoints: ({ session, ...filter } = {}) =>
      guarded(() =>
        markThinned(
          context.clewHome,
          listCheckpoints(db(), { ...filter, ...(session && { session: idOf(session, 'session') }) }),
        ),
      ),
    checkpoint: (given) =>
      guarded(() => {
        const id = idOf(given, 'checkpoint');
        return keptOrNot(context, present(checkpointDetail(db(), id), id));
      }),
    turn: (id) =>
      guarded(() => {
        const turn = idOf(id, 'turn');
        return present(turnDetail(db(), turn, isOver), turn);
      }),
    operation: (id) =>
      guarded(() => {
        const operation = present(operationDetail(db(), idOf(id, 'operation'), isOver), id);
        const effects = back.effects(operation.id);
        return {
          ...operation,
          changes: back.withDiffs(operation.id, operation.changes),
          contents: contentsOf(operation.id),
          effects,
          canUndo: effects.length > 0 && back.undoState(operation.id).canUndo,
        };
      }),
    operations: ({ session, ...filter } = {}) =>
      guarded(() =>
        listOperations(
          db(),
          { ...filter, ...(session !== undefined && { session: idOf(session, 'session') }) },
          isOver,
        ),
      ),
    find: (id) => guarded(() => resolve(db(), id)),
    search: (words, filter) => guarded(() => searchEntries(db(), moment(), words, filter)),
    files: (filter) => guarded(() => changedFiles(db(), filter)),
    fileHistory: (path, filter) => guarded(() => fileHistory(db(), path, context.cwd, filter)),
    export: (given, format) =>
      guarded(() => {
        const id = idOf(given, 'session');
        if (format === 'activity-log') return eventLog(db(), id);
        return format === 'jsonl'
          ? sessionLines(db(), context, id).toString()
          : exportSession(detail(id), timeline(id), format);
      }),
  };

  /** Contents before and after, from the records that told the changes. */
  function contentsOf(operation: string): NonNullable<OperationDetail['contents']> {
    const places = db()
      .prepare<[string], { source: string; pos: number; agent: AgentName }>(
        `SELECT DISTINCT e.source, e.pos, s.agent FROM change c JOIN entry e ON e.key = c.operation || '|' || c.path
         JOIN source s ON s.id = e.source WHERE c.operation = ?`,
      )
      .all(operation);
    return places.flatMap(({ source, pos, agent }) => {
      const record = recordAt(db(), context, source, pos);
      return record ? adapterOf(agent).contents(record) : [];
    });
  }
}
