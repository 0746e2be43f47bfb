// What happens while it happens: watching, and following what is said and done.
import { existsSync } from 'node:fs';
import type { AlertOptions } from './alerts-here.ts';
import type { Connection } from './connection.ts';
import { createTold } from './follow.ts';
import { watch } from './ingest/index.ts';
import type { WatchOptions } from './ingest/index.ts';
import type { Config, Context, EntryKind } from './model/index.ts';
import { listSessions, resolve } from './query/index.ts';
import type { Moment, Timeline, TimelineEntry, TimelineOptions } from './query/index.ts';
import { watchFiles } from './watch-files.ts';
import type { FileWatchOptions } from './watch-files.ts';
import { rootOf } from './workspace/index.ts';

export interface FollowOptions {
  readonly signal?: AbortSignal;
  /** Leave out what is there already. */
  readonly onlyNew?: boolean;
  /** Only this agent run; only entries of these kinds. */
  readonly run?: string | undefined;
  readonly kinds?: readonly EntryKind[] | undefined;
}

export interface LiveHere {
  /**
   * Takes in what changes as it changes, until the signal aborts; of projects in which an agent without hooks is at
   * work, it takes checkpoints.
   */
  watch(options?: WatchOptions & FileWatchOptions & AlertOptions): Promise<void>;
  /** Tells the entries of a session, or of all, as they come, until the signal aborts. An operation is told again when it ends. */
  follow(
    id: string | undefined,
    onEntry: (entry: TimelineEntry) => void,
    options?: FollowOptions,
  ): Promise<void>;
}

/** How often a watch looks who is at work, and how long it must be quiet before it tidies up. */
const idleMs = 30_000;

export function liveHere({
  context,
  config,
  connection,
  moment,
  timeline,
  lookAgain,
  tellAlerts,
}: {
  readonly context: Context;
  readonly config: Config;
  readonly connection: Connection;
  readonly moment: () => Moment;
  readonly timeline: (id: string, how?: TimelineOptions) => Timeline;
  readonly lookAgain: () => void;
  readonly tellAlerts: (how?: AlertOptions) => void;
}): LiveHere {
  const { db, guarded } = connection;

  /** Where sessions are at work whose agent has called no hook, with the session. */
  function unhookedProjects(): Map<string, string> {
    const hasCalled = db().prepare<{ id: string }, { n: number }>(
      `SELECT EXISTS (SELECT 1 FROM checkpoint WHERE session = @id AND trigger <> 'watch')
         OR EXISTS (SELECT 1 FROM session_value WHERE session = @id AND name = 'process') AS n`,
    );
    const active = listSessions(db(), moment(), { since: context.now() - 24 * 3_600_000, status: 'active' });
    const found = new Map<string, string>();
    for (const { id, workspace } of active)
      if (workspace !== null && existsSync(workspace) && hasCalled.get({ id })?.n === 0)
        found.set(rootOf(workspace, context.home), id);
    return found;
  }

  return {
    async watch({ signal, onReport, onAlertFailure, ...how } = {}) {
      const files = watchFiles(context, how);
      let reportedAt = context.now();
      const follow = (): void => {
        if (config.checkpoints?.enabled !== false) files.follow(guarded(unhookedProjects));
      };
      const look = setInterval(() => {
        follow();
        if (context.now() - reportedAt < idleMs) return;
        lookAgain();
      }, idleMs);
      try {
        await watch(connection.ingester, context, config, {
          signal,
          onReport(report) {
            reportedAt = context.now();
            follow();
            tellAlerts({ onAlertFailure });
            onReport?.(report);
          },
        });
      } finally {
        clearInterval(look);
        files.close();
      }
    },
    async follow(given, onEntry, { signal, onlyNew = false, run, kinds } = {}) {
      const told = new Map<string, ReturnType<typeof createTold>>();
      const chosen = given === undefined ? undefined : resolve(db(), given, ['session']).id;
      const tell = (quiet: boolean): void => {
        const since = context.now() - 24 * 3_600_000;
        const ids =
          chosen === undefined ? listSessions(db(), moment(), { since }).map((row) => row.id) : [chosen];
        for (const id of ids) {
          const state = told.get(id) ?? createTold();
          told.set(id, state);
          for (const entry of state.news(timeline(id, { since: state.since, run, kinds }).entries))
            if (!quiet) onEntry(entry);
        }
      };
      tell(onlyNew);
      await watch(connection.ingester, context, config, {
        signal,
        onReport() {
          guarded(() => tell(false));
          tellAlerts();
        },
      });
    },
  };
}
