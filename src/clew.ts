// What the library offers: every capability of clew's, typed.
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
import type { Config, Context } from './model/index.ts';
import type {
  CheckpointDetail,
  CheckpointFilter,
  CheckpointRow,
  FileSummary,
  FileTouch,
  Found,
  ListedOperation,
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
import type { Handoff, HandoffOptions, ResumeOptions, ResumePlan } from './recover/index.ts';
import type { AlertOptions, AlertsHere } from './alerts-here.ts';
import type { AttributionHere } from './attribution-here.ts';
import type { Branches } from './branches.ts';
import type { CheckpointLooks } from './checkpoint-files.ts';
import type { JournalHere } from './journal-here.ts';
import type { EventsHere } from './events-here.ts';
import type { CommitsHere } from './commits-here.ts';
import type { GitHooksHere } from './git-hooks-here.ts';
import type { PricesHere } from './prices-here.ts';
import type { SessionsHere } from './kept-sessions.ts';
import type { FiguresHere } from './figures-here.ts';
import type { WhyHere } from './why-here.ts';
import type { StatsHere } from './stats-here.ts';
import type { IssuesHere } from './issues-here.ts';
import type { LiveHere } from './live-here.ts';
import type { ActiveHere } from './active-here.ts';
import type { UsageHere } from './usage-here.ts';
import type { WayBack } from './way-back.ts';
import type { StoreSize } from './workspace/index.ts';

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
