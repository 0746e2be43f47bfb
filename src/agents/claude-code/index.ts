// Claude Code: where it keeps its sessions and how to read them. Evidence for every format is in SOURCES.md.
import { realpathSync } from 'node:fs';
import type { AgentAdapter, RecordReader, SourceFile } from '../../model/index.ts';
import { readAgentMeta } from './bookkeeping.ts';
import { capabilities } from './capabilities.ts';
import { contents } from './contents.ts';
import { conversation } from './conversation.ts';
import { hookReader } from './hook-calls.ts';
import { applyInstall, applyUninstall, installedVersion, planInstall, planUninstall } from './hooks/index.ts';
import type { InstallPlan } from './hooks/index.ts';
import { discover, roots, sourceOf } from './places.ts';
import { commandFiles } from './command-files.ts';
import { mcp } from './mcp.ts';
import { processes, sessionOf } from './processes.ts';
import { program } from './program.ts';
import { freshState } from './state.ts';
import { transcriptReader } from './transcript.ts';

export const claudeCode: AgentAdapter = {
  name: 'claude-code',
  title: 'Claude Code',
  capabilities,
  roots,
  discover,
  recognise: (path, machine) => sourceOf(realpathSync(path), machine),
  reader(source, state) {
    if (source.kind === 'hooks') return hookReader(source, state);
    if (source.kind === 'meta') return metaReader(source);
    return transcriptReader(source, state);
  },
  processes,
  sessionOf,
  contents,
  program,
  conversation,
  mcp,
  commandFiles,
  hooks: {
    version: installedVersion,
    planInstall,
    planUninstall,
    install: (plan, context) => applyInstall(plan as InstallPlan, context),
    uninstall: applyUninstall,
  },
};

function metaReader(source: SourceFile): RecordReader {
  const state = freshState();
  return {
    read: (record, emit) => readAgentMeta({ record, source, state, emit }),
    state: () => null,
  };
}
