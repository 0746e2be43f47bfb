// The agents that clew knows by name, and the port that each agent's adapter implements. The core knows agents only
// through this interface; what an agent writes, and where, is known in its own room alone.
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import type { Emit } from './facts.ts';
import type { SourceFile } from './source.ts';

/** Adapters that clew does not bring along have names of their own: `[a-z][a-z0-9-]*`. */
export type AgentName = string;
/** Whose records a source holds: an agent's, or clew's own. */
export type RecordOwner = string;

/** A folder in which an agent keeps its records. */
export interface AgentRoot {
  readonly path: string;
  /** Which machine the records were written on. Copies from elsewhere carry the label given in the config. */
  readonly machine: string;
  /** Why clew looks here: an environment variable, a default, the config, or the command line. */
  readonly origin: string;
}

/** A record of a source together with where it stands. */
export interface PlacedRecord {
  readonly value: Record<string, unknown>;
  /** Byte offset of the record's line in the stream's content. */
  readonly pos: number;
  /** Line number in the stream's content, from 1. */
  readonly line: number;
}

/**
 * Reads the records of one source in order and emits facts. A reader is a fold: what it emits depends on the records
 * so far and on nothing else, however they were cut into batches. `state()` is what it must remember between batches,
 * as JSON of bounded size.
 */
export interface RecordReader {
  read(record: PlacedRecord, emit: Emit): void;
  state(): unknown;
}

/** What installing or removing hooks would write; texts are undefined where there is no file. */
export interface SettingsChange {
  readonly file: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface HookPlan extends SettingsChange {
  /** The events to be hooked, and those that are. */
  readonly events: readonly string[];
  readonly present: readonly string[];
  /** Why the hooks would not run all the same. */
  readonly warnings: readonly { readonly code: string; readonly file: string; readonly message: string }[];
}

/** How clew's hooks get into an agent's settings, and out again. A plan writes nothing. */
export interface AgentHooks {
  /** The installed version of the agent, if it can be found. */
  version(context: Context): Promise<string | undefined>;
  /**
   * `script` and `spool` are absolute paths; `project` hooks one project in place of all of the user's work; `handoff`,
   * the words that start clew, has sessions be given a handoff when they start.
   */
  planInstall(options: {
    readonly context: Context;
    readonly script: string;
    readonly spool: string;
    readonly version: string | undefined;
    readonly project?: string;
    readonly handoff?: readonly string[];
  }): HookPlan;
  planUninstall(context: Context, project?: string): SettingsChange;
  /** Writes what was planned. Throws BUSY if the file has changed since. */
  install(plan: HookPlan, context: Context): void;
  uninstall(change: SettingsChange, context: Context): void;
}

/** How agents start clew's MCP server: the words of the command, and what is set in its environment. */
export interface McpServer {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** How clew's MCP server gets into an agent's settings, and out again. A plan writes nothing. */
export interface AgentMcp {
  /** `project`: for those who work on that project, in place of all of the user's work. Throws BAD_INPUT. */
  plan(
    context: Context,
    server: McpServer,
    project?: string,
  ): SettingsChange & { readonly warnings: HookPlan['warnings'] };
  planRemoval(context: Context, project?: string): SettingsChange;
  /** Writes what was planned. Throws BUSY if the file has changed since. */
  install(change: SettingsChange, context: Context): void;
  uninstall(change: SettingsChange, context: Context): void;
}

/** A file of clew's own among an agent's: a skill, a slash command, a prompt. */
export interface CommandFile {
  readonly file: string;
  readonly text: string;
}

/** What became of a file, as far as a record holds its contents. */
export interface FileContents {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * Where to cut a conversation; `before` and `after` are offsets in the content of the transcript's stream. `before`: all
 * that was said before that record. `after`: that record too, the rest of the response that it is part of, and the
 * results of that one's calls. `at`: milliseconds since the epoch; the last moment until then at which nothing was half
 * told, neither a response or its calls nor a prompt without an answer.
 */
export type CutPoint = { readonly before: number } | { readonly after: number } | { readonly at: number };

/** The beginning of a conversation, as the agent's own file of a new session. */
export interface ConversationCut {
  readonly content: Buffer;
  readonly records: number;
  /** The last record kept: its offset in the stream's content, and its time (0 where it has none). */
  readonly last: { readonly pos: number; readonly at: number };
}

/** How a conversation with the agent goes on from a former moment, as a new session; the old one stays as it is. */
export interface AgentConversations {
  /** The id of a new session, where the agent takes not just any UUID. */
  newSession?(now: number): string;
  /**
   * The content with what it only refers to put into it, and by how many bytes records have moved. Left out where every
   * session holds all of itself. `contentOf`: of the main conversation of another session, if clew has it. Throws UNREADABLE.
   */
  whole?(
    content: Buffer,
    contentOf: (session: string) => Buffer | undefined,
  ): { readonly content: Buffer; readonly moved: number };
  /**
   * Cuts the content of a transcript's stream, as a file for the new session, which will be worked on in `folder`. Throws
   * BAD_INPUT where nothing was said before that moment, UNREADABLE where a record that the rest hangs on is not to be read.
   */
  cut(content: Buffer, point: CutPoint, session: string, folder: string): ConversationCut;
  /** Where the agent will look for that file when it is started in `folder`, which must exist. */
  place(context: Context, folder: string, session: string): string;
  /** The command that goes on with the session, to be run in `folder`; `file` is where the conversation was put. */
  command(folder: string, session: string, file: string): readonly string[];
}

/** What is known of a session that its own agent is to go on with. */
export interface OwnSession {
  readonly id: string;
  /** Where its main conversation was read on this machine, as `SourceFile.path` names it; it may be gone by now. */
  readonly places: readonly string[];
  /** The folder that it worked in; null where the record does not tell. */
  readonly workspace: string | null;
  /** It may still be at work: what is half written may be whole in a moment. */
  readonly isActive: boolean;
}

/** How users start the agent. */
export interface AgentProgram {
  /** The command, by which users choose the agent: `claude`. */
  readonly name: string;
  /** The words that a first prompt is put behind, to go on with it in talks with the user. */
  readonly withPrompt: readonly string[];
  /** The variable in which what it starts finds the id of its session; left out where there is none. */
  readonly sessionVariable?: string;
  /**
   * The words that take up a session of its own as it is, to be run in `folder`, which exists; or what stands in the way, in
   * words that go on with "so": `its transcript was deleted`. Left out where the agent cannot.
   */
  resume?(
    context: Context,
    session: OwnSession,
    folder: string,
  ): readonly string[] | { readonly obstacle: string };
}

export const capabilityNames = [
  /** Tells calls as they happen. */
  'hooks',
  /** Token counts of every response. */
  'usage',
  /** What the agent itself thinks that it cost. */
  'reportedCost',
  /** What edits did to files. */
  'diffs',
  'subagents',
  'approvals',
  'todos',
  'compaction',
  /** Goes on with a session; goes on with a cut copy of one. */
  'resume',
  'branch',
] as const;
export type Capability = (typeof capabilityNames)[number];
export type Support = 'yes' | 'partly' | 'no';

/** What the records of an agent tell, from a version on. */
export interface Capabilities {
  /** The first version that this holds for; empty for all. */
  readonly since: string;
  readonly support: Readonly<Record<Capability, Support>>;
  /** What is missing or peculiar, in a sentence each. */
  readonly notes: readonly string[];
}

/** How a `document` is read. */
export interface Documents {
  /**
   * Yields the records that are new or changed since the cursor `since` (0 at first), each as JSON on one line, and
   * returns the cursor to go on from. With a cursor of 0 all is read again, and lines that are known are left out.
   */
  read(source: SourceFile, since: number): Generator<string, number>;
}

export interface AgentAdapter {
  readonly name: AgentName;
  /** In words for people: `Claude Code`. */
  readonly title: string;
  /** The oldest version first. */
  readonly capabilities: readonly Capabilities[];
  /** The folders to look in, whether they exist or not; none twice. */
  roots(context: Context, config: Config): readonly AgentRoot[];
  /**
   * The sources below one root. Unreadable folders are reported through `onError`, never thrown. Folders within it that
   * `enter` refuses are passed over.
   */
  discover(
    root: AgentRoot,
    onError: (path: string, error: Error) => void,
    enter?: (folder: string) => boolean,
  ): Iterable<SourceFile>;
  /** A single file named by the user, if this adapter recognises it by its place or its name. */
  recognise(path: string, machine: string): SourceFile | undefined;
  /** The sources in a file that the user names and that holds many, such as a database; left out where there are none such. */
  within?(path: string, machine: string, onError: (path: string, error: Error) => void): Iterable<SourceFile>;
  /** A reader for one source, fresh, or from the state of an earlier one. */
  reader(source: SourceFile, state: unknown): RecordReader;
  /** Which sessions have a process, and which one that is gone without having ended them. */
  processes(root: AgentRoot): ReadonlyMap<string, 'running' | 'gone'>;
  /** The session that a process of the agent's is at; left out where the agent keeps no list of its processes. */
  sessionOf?(root: AgentRoot, pid: number): string | undefined;
  /** Whole contents of the files that a record tells a change of. */
  contents(record: Record<string, unknown>): readonly FileContents[];
  /** Left out where the agent has none, or clew cannot install them. */
  readonly hooks?: AgentHooks;
  /** Left out where the agent starts no servers, or clew cannot register one. */
  readonly mcp?: AgentMcp;
  /**
   * The files by which users of the agent call clew from inside it, everywhere or in one project; none where the agent
   * has no such things there. Left out where it has none at all.
   */
  commandFiles?(context: Context, project?: string): readonly CommandFile[];
  /** Left out where the agent keeps only files of lines. */
  readonly documents?: Documents;
  /** Left out where clew does not know how it is started. */
  readonly program?: AgentProgram;
  /** Left out where the agent cannot go on from the middle of a conversation. */
  readonly conversation?: AgentConversations;
}
