// Issues as the library offers them: what the trackers of the folder show, joined with what clew has recorded. A new state of
// an issue is recorded, so that it outlives its tracker.
import type { Connection } from './connection.ts';
import {
  beadsDatabase,
  issueDetail,
  issueRows,
  newSnapshots,
  scopeOf,
  snapshots,
  syncBeads,
  syncedSessions,
  trackersFor,
} from './issues/index.ts';
import type {
  BeadsSync,
  Issue,
  IssueDetail,
  IssueFilter,
  IssueRow,
  SeenIssue,
  Tracker,
} from './issues/index.ts';
import { createRecorder } from './journal/index.ts';
import { ClewError } from './model/index.ts';
import type { Config, Context } from './model/index.ts';
import { knownIssues } from './query/index.ts';
import type { Moment } from './query/index.ts';

export interface IssueList {
  readonly issues: readonly IssueRow[];
  /** The trackers that were read. */
  readonly trackers: readonly { readonly name: string; readonly place: string; readonly issues: number }[];
  /** Why what they tell may be old, or not all. */
  readonly warnings: readonly string[];
}

export interface IssuesHere {
  /**
   * Issues of the project that the folder belongs to: those that its trackers show, and those that only records know, the most
   * urgent first. A tracker that cannot be read is told in `warnings`.
   */
  issues(filter?: IssueFilter): Promise<IssueList>;
  /** An issue with everything done for it; `12` is `#12`, where nothing else is. Throws NOT_FOUND for one that nothing names. */
  issue(id: string): Promise<IssueDetail>;
  /**
   * Writes sessions, work and uses of skills of the project into tables of clew's own in beads' SQLite database. Throws NOT_FOUND
   * where there is none, BAD_INPUT where beads uses Dolt, UNREADABLE, BUSY.
   */
  syncBeads(): Promise<BeadsSync>;
}

export function issuesHere(
  context: Context,
  config: Config,
  { db, guarded }: Pick<Connection, 'db' | 'guarded'>,
  moment: () => Moment,
  takeIn: () => Promise<unknown>,
): IssuesHere {
  const { cwd } = context;
  const recorder = createRecorder(context, config);
  const trackersHere = (): Tracker[] => trackersFor(cwd, context);

  /** What `read` gives of each tracker, with the failures of those that cannot be read. */
  async function fromEach<T>(
    trackers: readonly Tracker[],
    read: (tracker: Tracker) => Promise<readonly Issue[]>,
    use: (tracker: Tracker, issues: readonly Issue[]) => T,
  ): Promise<{ told: T[]; warnings: string[] }> {
    const [told, warnings]: [T[], string[]] = [[], []];
    for (const tracker of trackers)
      try {
        const issues = await read(tracker);
        told.push(use(tracker, issues));
        warnings.push(...(await tracker.warnings()));
      } catch (error) {
        if (!(error instanceof ClewError)) throw error;
        warnings.push(`${error.message}; ${error.hint}`);
      }
    return { told, warnings };
  }

  /** What is shown now, and what was not so before is recorded. */
  async function seenNow(
    trackers: readonly Tracker[],
    read: (tracker: Tracker) => Promise<readonly Issue[]>,
    id?: string,
  ): Promise<{
    now: SeenIssue[];
    before: Map<string, SeenIssue>;
    counts: Map<Tracker, number>;
    warnings: string[];
  }> {
    const before = guarded(() => snapshots(db(), id));
    const { told, warnings } = await fromEach(trackers, read, (tracker, issues) => ({
      tracker,
      fresh: newSnapshots(before, tracker, issues),
      seen: issues.map((issue): SeenIssue => {
        return { issue, tracker: tracker.name, project: tracker.project, seenAt: null, mark: null };
      }),
    }));
    const fresh = told.flatMap((one) => one.fresh);
    if (fresh.length > 0)
      try {
        recorder.recordAll(fresh);
        await takeIn();
      } catch (error) {
        if (!(error instanceof ClewError)) throw error;
        warnings.push(`what trackers show could not be recorded: ${error.message}`);
      }
    const now = new Map(
      told
        .flatMap((one) => one.seen)
        .toReversed()
        .map((one) => [one.issue.id, one]),
    );
    return {
      now: [...now.values()],
      before,
      counts: new Map(told.map((one) => [one.tracker, one.seen.length])),
      warnings,
    };
  }

  async function detailOf(id: string): Promise<IssueDetail> {
    const trackers = trackersHere();
    const read = async (tracker: Tracker): Promise<Issue[]> => {
      const found = await tracker.get(id);
      return found ? [found] : [];
    };
    const { now, before, warnings } = await seenNow(trackers, read, id);
    return guarded(() => {
      const scope = scopeOf(db, cwd, trackers);
      // A number alone means an issue of this project; an id with a prefix is the same everywhere.
      const sessions = id.startsWith('#') ? scope.sessions() : undefined;
      const here = sessions && new Set(sessions);
      const last = [...before.values()].findLast((one) => !here || scope.has(one.project));
      return issueDetail(
        db(),
        id,
        now[0] ?? last,
        warnings,
        (session) => !here || here.has(session),
        context.now(),
      );
    });
  }

  return {
    async issues(filter = {}) {
      const trackers = trackersHere();
      const { now, before, counts, warnings } = await seenNow(trackers, (tracker) => tracker.list());
      return guarded(() => {
        const scope = scopeOf(db, cwd, trackers);
        const shown = new Set(now.map((one) => one.issue.id));
        const gone = [...before.values()].filter((one) => scope.has(one.project) && !shown.has(one.issue.id));
        const named = new Set([...shown, ...gone.map((one) => one.issue.id)]);
        const worked = [...knownIssues(db()).ids].filter((id) => !named.has(id) && workedIn(id, scope.has));
        const seen = [...now, ...gone];
        return {
          issues: issueRows(db(), seen, worked, scope, filter, context.now()),
          trackers: trackers.map((one) => ({
            name: one.name,
            place: one.place,
            issues: counts.get(one) ?? 0,
          })),
          warnings,
        };
      });
    },
    async issue(given) {
      const id = given.trim();
      if (id === '')
        throw new ClewError('BAD_INPUT', 'the issue is empty', '`clew issues` lists what there is');
      try {
        return await detailOf(id);
      } catch (error) {
        const isNumber = /^[1-9]\d*$/.test(id);
        if (!isNumber || !(error instanceof ClewError) || error.code !== 'NOT_FOUND') throw error;
        return detailOf(`#${id}`);
      }
    },
    async syncBeads() {
      const database = beadsDatabase(cwd, context);
      const scope = scopeOf(db, cwd, trackersHere());
      const sessions = guarded(() => syncedSessions(db(), scope.sessions(), moment()));
      return syncBeads(database, sessions);
    },
  };

  /** Whether anything was recorded about an issue in a project. */
  function workedIn(id: string, has: (folder: string | null) => boolean): boolean {
    return db()
      .prepare<[string], { root: string | null; workspace: string | null }>(
        `SELECT r.root, s.workspace FROM record r LEFT JOIN session s ON s.id = r.session
         WHERE r.kind IN ('work', 'decision') AND r.subject = ?`,
      )
      .all(id)
      .some((row) => has(row.root) || has(row.workspace));
  }
}
