// Gemini CLI: where it keeps its sessions and how to read them. Evidence for every format is in SOURCES.md.
import { realpathSync } from 'node:fs';
import type { AgentAdapter } from '../../model/index.ts';
import { capabilities } from './capabilities.ts';
import { chatReader } from './chat.ts';
import { contents } from './contents.ts';
import { commandFiles } from './command-files.ts';
import { conversation } from './conversation.ts';
import { documents } from './documents.ts';
import { hookReader } from './hook-calls.ts';
import { hooks } from './hooks/index.ts';
import { mcp } from './mcp.ts';
import { discover, roots, sourceAt } from './places.ts';
import { program } from './program.ts';

export const geminiCli: AgentAdapter = {
  name: 'gemini-cli',
  title: 'Gemini CLI',
  capabilities,
  roots,
  discover,
  recognise: (path, machine) => sourceAt(realpathSync(path), machine),
  reader: (source, state) =>
    source.kind === 'hooks' ? hookReader(source, state) : chatReader(source, state),
  // It keeps no list of its processes.
  processes: () => new Map(),
  contents,
  documents,
  program,
  conversation,
  mcp,
  commandFiles,
  hooks,
};
