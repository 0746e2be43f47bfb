// The agents that clew knows by name, and the port that each agent's adapter implements. The core knows agents only
// through this interface; what an agent writes, and where, is known in its own room alone.
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import type { Emit } from './facts.ts';
import type { SourceFile } from './source.ts';

export const agentNames = ['claude-code', 'codex', 'gemini-cli', 'opencode', 'copilot-cli', 'pi'] as const;
export type AgentName = (typeof agentNames)[number];

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

export interface AgentAdapter {
  readonly name: AgentName;
  /** The folders to look in, whether they exist or not; none twice. */
  roots(context: Context, config: Config): readonly AgentRoot[];
  /** The sources below one root. Unreadable folders are reported through `onError`, never thrown. */
  discover(root: AgentRoot, onError: (path: string, error: Error) => void): Iterable<SourceFile>;
  /** A single file named by the user, if this adapter recognises it by its place or its name. */
  recognise(path: string, machine: string): SourceFile | undefined;
  /** A reader for one source, fresh, or from the state of an earlier one. */
  reader(source: SourceFile, state: unknown): RecordReader;
}
