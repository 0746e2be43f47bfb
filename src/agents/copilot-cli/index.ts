// Copilot CLI: where it keeps its sessions and how to read them. Evidence for every format is in SOURCES.md.
import { realpathSync } from 'node:fs';
import type { AgentAdapter } from '../../model/index.ts';
import { capabilities } from './capabilities.ts';
import { eventReader } from './events.ts';
import { discover, roots, sourceAt } from './places.ts';
import { program } from './program.ts';

export const copilotCli: AgentAdapter = {
  name: 'copilot-cli',
  title: 'Copilot CLI',
  capabilities,
  roots,
  discover,
  recognise: (path, machine) => sourceAt(realpathSync(path), machine),
  reader: (source, state) => eventReader(source, state),
  // It keeps no list of its processes.
  processes: () => new Map(),
  // Its records hold diffs alone.
  contents: () => [],
  program,
};
