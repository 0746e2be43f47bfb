/**
 * clew as a library: `openClew()` gives every capability of the CLI, typed. Answers are described in docs/json.md.
 *
 * @example
 * import { openClew } from 'clew';
 * const clew = openClew();
 * await clew.import();
 * for (const session of clew.sessions({ project: 'my-app', limit: 5 })) console.log(session.id, session.title);
 * clew.close();
 */
import os from 'node:os';
import { adapterOf, adapters, addAdapters } from './agents/index.ts';
import {
  doctor,
  equipAgents,
  initHooks,
  listAgents,
  recordAt,
  removeHooks,
  unequipAgents,
  sessionLines,
  streamsFolder,
  verify,
} from './ingest/index.ts';
import type {
  EquipOptions,
  AgentSummary,
  DoctorReport,
  HookReport,
  IngestOptions,
  IngestReport,
  ReindexReport,
  VerifyReport,
} from './ingest/index.ts';
import { ClewError, loadConfig, systemContext } from './model/index.ts';
import type { AgentName, Config, Context, Pricing } from './model/index.ts';
import { loadPricing, priceCheck } from './prices/index.ts';
import { exportSession } from './query/export/index.ts';
import {
  changedFiles,
  checkpointDetail,
  fileHistory,
  listCheckpoints,
  latestSession,
  latestSessionIn,
  listOperations,
  listSessions,
  operationDetail,
  overviewOf,
  resolve,
  searchEntries,
  sessionDetail,
  statusOfSession,
  timelineOf,
  turnDetail,
} from './query/index.ts';
import type {
  CheckpointDetail,
  CheckpointFilter,
  CheckpointRow,
  FileSummary,
  FileTouch,
  Found,
  ListedOperation,
  Moment,
  OperationDetail,
  OperationFilter,
  Overview,
  SearchFilter,
  SearchHit,
  SessionDetail,
  SessionFilter,
  SessionRow,
  Timeline,
  TimelineOptions,
  TurnDetail,
} from './query/index.ts';
import { handoffAtStart, handoffOf, hookProcesses, resumePlan } from './recover/index.ts';
import type { Handoff, HandoffOptions, ResumeOptions, ResumePlan } from './recover/index.ts';
import { alertsHere } from './alerts-here.ts';
import type { AlertOptions, AlertsHere } from './alerts-here.ts';
import { attributionHere } from './attribution-here.ts';
import type { AttributionHere } from './attribution-here.ts';
import { branching } from './branches.ts';
import type { Branches } from './branches.ts';
import { checkpointLooks } from './checkpoint-files.ts';
import type { CheckpointLooks } from './checkpoint-files.ts';
import { connect } from './connection.ts';
import { lineOrigin } from './line-origin.ts';
import { journalHere } from './journal-here.ts';
import type { JournalHere } from './journal-here.ts';
import { eventLog } from './journal/index.ts';
import { eventsHere } from './events-here.ts';
import type { EventsHere } from './events-here.ts';
import { commitsHere } from './commits-here.ts';
import type { CommitsHere } from './commits-here.ts';
import { gitHooksHere } from './git-hooks-here.ts';
import type { GitHooksHere } from './git-hooks-here.ts';
import { pricesHere } from './prices-here.ts';
import type { PricesHere } from './prices-here.ts';
import { sessionsHere } from './sessions-here.ts';
import type { SessionsHere } from './kept-sessions.ts';
import { figuresHere } from './figures-here.ts';
import type { FiguresHere } from './figures-here.ts';
import { whyHere } from './why-here.ts';
import type { WhyHere } from './why-here.ts';
import { statsHere } from './stats-here.ts';
import type { StatsHere } from './stats-here.ts';
import { issuesHere } from './issues-here.ts';
import type { IssuesHere } from './issues-here.ts';
import { liveHere } from './live-here.ts';
import type { LiveHere } from './live-here.ts';
import { takingIn } from './taking-in.ts';
import { activeHere } from './active-here.ts';
import type { ActiveHere } from './active-here.ts';
import { usageHere } from './usage-here.ts';
import type { UsageHere } from './usage-here.ts';
import { wayBack } from './way-back.ts';
import type { WayBack } from './way-back.ts';
import { checkpointChecks, markThinned, storeSize } from './workspace/index.ts';
import type { StoreSize } from './workspace/index.ts';

export { ClewError, systemContext } from './model/index.ts';
export type {
  AgentName,
  Config,
  Context,
  EntryKind,
  ErrorCode,
  InnerRepository,
  IssueState,
  LeftOut,
  OperationStatus,
  OperationType,
  SnapshotType,
  Tokens,
} from './model/index.ts';
export type {
  AgentSummary,
  Check,
  DoctorReport,
  EquipOptions,
  HookChange,
  HookReport,
  HookState,
  IngestOptions,
  IngestProgress,
  IngestReport,
  ReindexReport,
  VerifyReport,
  WatchOptions,
} from './ingest/index.ts';
export type * from './query/index.ts';
export type { ProjectSize, StoreSize } from './workspace/index.ts';
export type { Caller } from './active-here.ts';
export type { CommitDetail, CommitRow, CommitSession } from './attribution/index.ts';
export type { CommitsOptions } from './commits-here.ts';
export type { GitHookOptions } from './git-hooks-here.ts';
export type { AlertOptions } from './alerts-here.ts';
export type { AttributionReport, BlameLine, LineWriter } from './attribution-here.ts';
export type { Branch, BranchOptions, Comparison, Side } from './branches.ts';
export type { EventFilter, EventOptions, NewEvent, RecordedEvent } from './journal/index.ts';
export type { CheckpointFile, CheckpointFiles, FileContent } from './checkpoint-files.ts';
export type { ForSession } from './journal-here.ts';
export type {
  AgentFigures,
  FigureFilter,
  IssueFigures,
  OverallFigures,
  SessionDuration,
  SkillFigures,
  Decision,
  DecisionFilter,
  Metric,
  NewDecision,
  Note,
  SkillFilter,
  SkillUse,
  StatusChange,
  Why,
  WhyCommit,
  WhyOperation,
  WhyPrompt,
  WhySession,
  WhyTarget,
  Work,
  WorkFilter,
} from './journal/index.ts';
export type { PriceList, PriceReset, UnpricedModel } from './prices-here.ts';
export type { PriceChange, PriceRow, PriceUpdate } from './prices/index.ts';
export type { IssueList } from './issues-here.ts';
export type {
  BeadsSync,
  Issue,
  IssueCommit,
  IssueDependency,
  IssueDetail,
  IssueEvidence,
  IssueFile,
  IssueFilter,
  IssueRow,
  IssueSession,
} from './issues/index.ts';
export type { FollowOptions } from './live-here.ts';
export type { FileWatchOptions } from './watch-files.ts';
export type { FileReport } from './file-report.ts';
export type * from './kept-sessions.ts';
export type { NewInteraction, SessionEnd, SessionUpdate } from './journal/index.ts';
export type { RestoreOptions, UndoOptions } from './way-back.ts';
export type * from './recover/index.ts';

export type ExportFormat = 'json' | 'jsonl' | 'markdown' | 'html' | 'activity-log';

/** `thinned`: its files are no longer kept. */
export type Kept<T extends CheckpointRow> = T & { readonly thinned: boolean };

export interface Clew
  extends
    Omit<WayBack, 'checkpoint'>,
    ActiveHere,
    AlertsHere,
    AttributionHere,
    Branches,
    CheckpointLooks,
    EventsHere,
    CommitsHere,
    GitHooksHere,
    FiguresHere,
    IssuesHere,
    JournalHere,
    LiveHere,
    PricesHere,
    SessionsHere,
    StatsHere,
    UsageHere,
    WhyHere {
  readonly context: Context;
  readonly config: Config;
  /** Takes in what is new. The other functions answer from what has been taken in. */
  import(options?: IngestOptions & AlertOptions): Promise<IngestReport>;
  overview(): Overview;
  /** Sessions that match, the latest first. */
  sessions(filter?: SessionFilter): SessionRow[];
  /** Throws NOT_FOUND or AMBIGUOUS, as do all that take an id or its beginning. */
  session(id: string): SessionDetail;
  timeline(id: string, options?: TimelineOptions): Timeline;
  turn(id: string): TurnDetail;
  operation(id: string): OperationDetail;
  /** Operations that match, the latest first. */
  operations(filter?: OperationFilter): ListedOperation[];
  /** Takes a checkpoint of the project that the folder is in. */
  readonly takeCheckpoint: (...how: Parameters<WayBack['checkpoint']>) => Promise<Kept<CheckpointRow>>;
  /** Checkpoints that match, the latest first. */
  checkpoints(filter?: CheckpointFilter): Kept<CheckpointRow>[];
  checkpoint(id: string): Kept<CheckpointDetail>;
  /** What takes the room in the store of checkpoints. */
  storeSize(): StoreSize;
  /** What an id, or its beginning, names. */
  find(id: string): Found;
  search(words: string, filter?: SearchFilter): SearchHit[];
  /** All changed files. */
  files(filter?: SessionFilter): FileSummary[];
  /** The changes of one file, or of those below a folder. */
  fileHistory(path: string, filter?: SessionFilter): FileTouch[];
  export(id: string, format: ExportFormat): string;
  /**
   * What a person or an agent needs to go on with a session, as Markdown and in parts. Without an id: the latest of the
   * project that the current folder belongs to, or else the latest of all. Throws BAD_INPUT for a budget below 500.
   */
  handoff(id?: string, options?: HandoffOptions): Handoff;
  /**
   * What a session that starts is to be given: after a compaction its own handoff, after a session of the same project
   * that was cut off the one of that; undefined where there is nothing to say. `payload`: of the agent's hook.
   */
  handoffAtStart(payload: unknown): Handoff | undefined;
  /** The best way to go on with a session. A file that is needed for it is written only with `write`. */
  resumePlan(id?: string, options?: ResumeOptions): ResumePlan;
  reindex(options?: { onProgress?: (done: number, total: number) => void }): ReindexReport;
  verify(): VerifyReport;
  /** The agents that clew reads. */
  agents(): AgentSummary[];
  doctor(): Promise<DoctorReport>;
  init(options?: { project?: string; dryRun?: boolean; handoff?: boolean }): Promise<HookReport>;
  /** Registers clew's MCP server with the agents, or installs commands of their own, as asked for. */
  equip(options: EquipOptions): HookReport;
  /** Takes out what `init` and `equip` have put in. */
  uninstall(options?: { project?: string; dryRun?: boolean }): Promise<HookReport>;
  close(): void;
}

/** Opens clew's home; nothing is read or written before the first call. Throws BAD_CONFIG. */
export function openClew(options: { context?: Context } = {}): Clew {
  const context = options.context ?? systemContext();
  const config = loadConfig(context.clewHome);
  addAdapters(config.adapters ?? [], context.clewHome);
  let prices: Pricing | undefined;
  const pricing = (): Pricing => (prices ??= loadPricing(context.clewHome, config));
  const connection = connect(context, config, pricing);
  const { db, guarded } = connection;

  const moment = (): Moment => {
    const processes = adapters.flatMap((adapter) =>
      adapter.roots(context, config).flatMap((root) => [...adapter.processes(root)]),
    );
    return { now: context.now(), processes: new Map([...hookProcesses(db(), context), ...processes]) };
  };
  const { tellAlerts, alertNotes, alertChecks, ...alerting } = alertsHere(context, config, connection);
  const idOf = (given: string, kind: Found['kind']): string => resolve(db(), given, [kind]).id;
  const marked = <T extends CheckpointRow>(row: T): Kept<T> => {
    const [one] = markThinned(context.clewHome, [row]);
    return one ?? { ...row, thinned: false };
  };
  const present = <T>(value: T | undefined, id: string): T => {
    if (value === undefined)
      throw new ClewError('NOT_FOUND', `${id} is not there any more`, 'run the command again');
    return value;
  };
  const owner = { machine: context.machine, user: context.env['USER'] || os.userInfo().username };
  const detail = (id: string): SessionDetail => present(sessionDetail(db(), id, moment(), owner), id);
  const isOver = (id: string): boolean => statusOfSession(db(), id, moment()) !== 'active';
  /** The session that is named, or else the latest where the user is. */
  const meant = (given: string | undefined): string => {
    const id =
      given === undefined
        ? (latestSessionIn(db(), context.cwd) ?? latestSession(db()))
        : idOf(given, 'session');
    if (id !== undefined) return id;
    throw new ClewError(
      'NOT_FOUND',
      'nothing is recorded yet',
      '`clew import` says where clew looks for records',
    );
  };
  const timeline = (id: string, how?: TimelineOptions): Timeline => timelineOf(db(), id, isOver(id), how);

  const { takeIn, lookAgain } = takingIn(context, config, connection, moment, tellAlerts);
  const { checkpoint: takeCheckpoint, ...back } = wayBack(context, db, () =>
    takeIn({ quick: true, waitMs: 5_000 }),
  );

  const { gitHookChecks, ...gitHooks } = gitHooksHere(context);
  const branches = branching({
    context,
    db,
    takeIn: () => takeIn({ quick: true, waitMs: 5_000 }),
    sessions: () => listSessions(db(), moment()),
    handoff: (id) => handoffOf(db(), detail(id)).markdown,
  });

  const attribution = attributionHere(context, config, connection);

  return {
    context,
    config,
    ...back,
    ...branches,
    ...checkpointLooks(context, db),
    ...eventsHere(context, config, connection),
    ...attribution,
    ...commitsHere(context, connection),
    ...gitHooks,
    ...pricesHere(context, config, db),
    ...activeHere(context, config, connection, moment),
    ...usageHere(context, connection, pricing),
    ...whyHere(context, connection, (file, line) => lineOrigin(attribution, file, line)),
    ...figuresHere(connection, moment),
    ...alerting,
    ...sessionsHere({
      context,
      config,
      connection,
      moment,
      detail,
      takeIn: () => takeIn({ quick: true, waitMs: 60_000 }),
      handoff: (id) => handoffOf(db(), detail(id), { budget: 2000 }).markdown,
      openIssues: async (root) => {
        const inThere = { ...context, cwd: root };
        const trackers = issuesHere(inThere, config, connection, moment, async () => {});
        return (await trackers.issues({ states: ['in_progress', 'blocked', 'open'] })).issues;
      },
    }),
    ...statsHere(context, connection, moment),
    ...journalHere(context, config, connection, moment, () => takeIn({ quick: true, waitMs: 5_000 })),
    ...issuesHere(context, config, connection, moment, () => takeIn({ quick: true, waitMs: 5_000 })),
    ...liveHere({ context, config, connection, moment, timeline, lookAgain, tellAlerts }),
    takeCheckpoint: async (...how) => marked(await takeCheckpoint(...how)),
    import: takeIn,
    overview: () =>
      guarded(() => {
        const overview = overviewOf(db(), moment(), new Date(context.now()).setHours(0, 0, 0, 0));
        return { ...overview, attention: [...overview.attention, ...alertNotes()] };
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
        return marked(present(checkpointDetail(db(), id), id));
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
    handoff: (id, how) => guarded(() => handoffOf(db(), detail(meant(id)), how)),
    handoffAtStart: (payload) =>
      guarded(() => handoffAtStart(db(), payload, (id) => sessionDetail(db(), id, moment()))),
    resumePlan: (id, how) =>
      guarded(() => {
        const session = detail(meant(id));
        return resumePlan(db(), context, session, () => handoffOf(db(), session), how);
      }),
    reindex: (how) => connection.rebuild(how?.onProgress),
    verify: () => guarded(() => verify(db(), context)),
    agents: () => guarded(() => listAgents(db(), context, config)),
    doctor: async () => {
      const report = await doctor(db(), context, config);
      const checks = [
        ...report.checks,
        ...gitHookChecks(),
        ...checkpointChecks(db(), context),
        priceCheck(context.clewHome),
        ...alertChecks(),
      ];
      return { ...report, checks };
    },
    storeSize: () => guarded(() => storeSize(db(), context.clewHome)),
    init: (how = {}) => initHooks(context, how),
    equip: (how) => equipAgents(context, how),
    uninstall: async (how = {}) => {
      const hooks = removeHooks(context, how);
      const given = unequipAgents(context, how);
      return {
        ...hooks,
        files: [...hooks.files, ...given.files],
        warnings: [...hooks.warnings, ...given.warnings],
      };
    },
    close: () => connection.close(),
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

/** Where streams lie; they can be read with `zstd -dc`. */
export const streamsOf = (context: Context): string => streamsFolder(context.clewHome);
