// Codex CLI: where it keeps its rollouts and how to read them. Evidence for every format is in SOURCES.md.
import { realpathSync } from 'node:fs';
import type { AgentAdapter } from '../../model/index.ts';
import { capabilities } from './capabilities.ts';
import { contents } from './contents.ts';
import { commandFiles } from './command-files.ts';
import { conversation } from './conversation.ts';
import { hookReader } from './hook-calls.ts';
import { hooks } from './hooks/index.ts';
import { mcp } from './mcp.ts';
import { discover, roots, sourceOf } from './places.ts';
import { program } from './program.ts';
import { rolloutReader } from './rollout.ts';

export const codex: AgentAdapter = {
  name: 'codex',
  title: 'Codex',
  capabilities,
  roots,
  discover,
  recognise: (path, machine) => sourceOf(realpathSync(path), machine),
  reader: (source, state) =>
    source.kind === 'hooks' ? hookReader(source, state) : rolloutReader(source, state),
  // Codex leaves no trace of which threads have a process.
  processes: () => new Map(),
  contents,
  program,
  conversation,
  mcp,
  commandFiles,
  hooks,
};
