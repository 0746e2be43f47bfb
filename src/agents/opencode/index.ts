// OpenCode: where it keeps its sessions and how to read them. Evidence for every format is in SOURCES.md.
import type { AgentAdapter } from '../../model/index.ts';
import { capabilities } from './capabilities.ts';
import { contents } from './contents.ts';
import { commandFiles } from './command-files.ts';
import { conversation } from './conversation.ts';
import { read } from './documents.ts';
import { hookReader } from './hook-calls.ts';
import { install, installedVersion, planInstall, planUninstall, uninstall } from './hooks/index.ts';
import { mcp } from './mcp.ts';
import { discover, recognise, roots, within } from './places.ts';
import { program } from './program.ts';
import { sessionReader } from './reader.ts';

export const openCode: AgentAdapter = {
  name: 'opencode',
  title: 'OpenCode',
  capabilities,
  roots,
  discover,
  recognise,
  within,
  reader: (source, state) => (source.kind === 'hooks' ? hookReader(source) : sessionReader(source, state)),
  // It keeps no list of its processes; hooks tell them.
  processes: () => new Map(),
  contents,
  documents: { read },
  program,
  conversation,
  mcp,
  commandFiles,
  hooks: { version: installedVersion, planInstall, planUninstall, install, uninstall },
};
