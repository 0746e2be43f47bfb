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
import { streamsFolder } from './ingest/index.ts';
import type { Context } from './model/index.ts';

export { openClew } from './open-clew.ts';
export type { Clew, ExportFormat, Kept } from './clew.ts';
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
  WorkChange,
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
  IssueName,
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

/** Where streams lie; they can be read with `zstd -dc`. */
export const streamsOf = (context: Context): string => streamsFolder(context.clewHome);
