// The agents that clew can read, behind one port. Nothing outside this room knows what an agent writes.
import { ClewError } from '../model/index.ts';
import type { AgentAdapter, AgentName, RecordReader, SourceFile } from '../model/index.ts';
import { claudeCode } from './claude-code/index.ts';
import { ownReader } from './clew/index.ts';

export const adapters: readonly AgentAdapter[] = [claudeCode];

/** A reader for one source, fresh, or from the state of an earlier one. */
export function readerOf(source: SourceFile, state: unknown): RecordReader {
  return source.agent === 'clew' ? ownReader() : adapterOf(source.agent).reader(source, state);
}

/** The adapter of an agent. Throws NOT_FOUND for one that this version cannot read. */
export function adapterOf(agent: AgentName): AgentAdapter {
  const adapter = adapters.find((one) => one.name === agent);
  if (adapter) return adapter;
  throw new ClewError(
    'NOT_FOUND',
    `clew cannot read records of ${agent}`,
    `it reads: ${adapters.map((a) => a.name).join(', ')}`,
  );
}
