// subAgentTracking: an activity log that agents' users write by its Python library. Where it lies and how to read it; evidence
// for every format is in SOURCES.md.
import { realpathSync } from 'node:fs';
import type { AgentAdapter } from '../../model/index.ts';
import { capabilities } from './capabilities.ts';
import { documents } from './documents.ts';
import { agent, discover, roots, sourceAt } from './places.ts';
import { readerOf } from './reader.ts';

export const subagentTracking: AgentAdapter = {
  name: agent,
  title: 'subAgentTracking',
  capabilities,
  roots,
  discover,
  recognise: (path, machine) => sourceAt(realpathSync(path), machine),
  reader: readerOf,
  // It is no program of its own.
  processes: () => new Map(),
  contents: () => [],
  documents,
};
