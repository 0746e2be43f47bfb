// The agents that clew can read, behind one port. Nothing outside this room knows what an agent writes.
import { ClewError } from '../model/index.ts';
import type { AgentAdapter, AgentName, RecordReader, SourceFile } from '../model/index.ts';
import { claudeCode } from './claude-code/index.ts';
export { planOwnFile, planOwnRemoval, removeOwnFile, writeOwnFile } from './shared/own-files.ts';
export { bookedTokens } from './claude-code/cost-state.ts';
export { readStatus } from './claude-code/status-line.ts';
export type { StatusTold } from './claude-code/status-line.ts';
import { ownReader } from './clew/index.ts';
import { copilotCli } from './copilot-cli/index.ts';
import { codex } from './codex/index.ts';
import { loadAdapter } from './external.ts';
import { geminiCli } from './gemini-cli/index.ts';
import { tellingInside } from './inside.ts';
import { openCode } from './opencode/index.ts';
import { subagentTracking } from './subagent-tracking/index.ts';

const known: AgentAdapter[] = [claudeCode, codex, geminiCli, openCode, copilotCli, subagentTracking];

const own: ReadonlySet<string> = new Set(known.map((adapter) => adapter.name));

/** Those that clew brings along, and those that the config names. */
export const adapters: readonly AgentAdapter[] = known;

/**
 * Adds the adapters of packages that the config names, each once in a process. Throws BAD_CONFIG for one that is not there
 * or keeps no contract.
 */
export function addAdapters(packages: readonly string[], clewHome: string): void {
  for (const name of packages) {
    const adapter = loadAdapter(name, clewHome);
    if (own.has(adapter.name))
      throw new ClewError(
        'BAD_CONFIG',
        `adapters: ${name} is for ${adapter.name}, which clew reads already`,
        'take it out of config.json',
      );
    const same = known.findIndex((one) => one.name === adapter.name);
    if (same >= 0) known.splice(same, 1);
    known.push(adapter);
  }
}

/** A reader for one source, fresh, or from the state of an earlier one. */
export function readerOf(source: SourceFile, state: unknown): RecordReader {
  if (source.agent === 'clew') return ownReader();
  const reader = adapterOf(source.agent).reader(source, state);
  return source.kind === 'hooks' ? tellingInside(reader) : reader;
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
