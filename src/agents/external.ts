// Adapters that others have written: the default export of a package, or of a file, that the config names. docs/new-agent.md
// says how one is made.
import { createRequire } from 'node:module';
import path from 'node:path';
import * as v from 'valibot';
import { ClewError, capabilityNames } from '../model/index.ts';
import type { AgentAdapter } from '../model/index.ts';

const does = v.function();
const support = v.picklist(['yes', 'partly', 'no']);

const adapterSchema = v.looseObject({
  name: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/, 'is made of a-z, 0-9 and -')),
  title: v.pipe(v.string(), v.nonEmpty()),
  capabilities: v.pipe(
    v.array(
      v.looseObject({
        since: v.string(),
        support: v.object(Object.fromEntries(capabilityNames.map((name) => [name, support]))),
        notes: v.array(v.string()),
      }),
    ),
    v.minLength(1),
  ),
  roots: does,
  discover: does,
  recognise: does,
  reader: does,
  processes: does,
  contents: does,
  documents: v.optional(v.looseObject({ read: does })),
  hooks: v.optional(
    v.looseObject({ version: does, planInstall: does, planUninstall: does, install: does, uninstall: does }),
  ),
  program: v.optional(
    v.looseObject({ name: v.string(), withPrompt: v.array(v.string()), resume: v.optional(does) }),
  ),
  conversation: v.optional(v.looseObject({ cut: does, place: does, command: does })),
});

/** `name`: a package in `$CLEW_HOME/node_modules`, or a path, relative to `$CLEW_HOME`. Throws BAD_CONFIG. */
export function loadAdapter(name: string, clewHome: string): AgentAdapter {
  let loaded: unknown;
  try {
    loaded = createRequire(path.join(clewHome, 'config.json'))(name);
  } catch (error) {
    throw new ClewError(
      'BAD_CONFIG',
      `adapters: ${name} cannot be loaded: ${(error as Error).message.split('\n')[0] ?? ''}`,
      `install it with \`npm install --prefix ${clewHome} ${name}\`, or take it out of config.json`,
    );
  }
  const adapter = (loaded as { default?: unknown }).default ?? loaded;
  const result = v.safeParse(adapterSchema, adapter);
  if (result.success) return adapter as AgentAdapter;
  const faults = result.issues.map((issue) => `${v.getDotPath(issue) ?? 'it'} ${issue.message}`);
  throw new ClewError(
    'BAD_CONFIG',
    `adapters: the default export of ${name} is no adapter: ${faults.slice(0, 3).join('; ')}`,
    'docs/new-agent.md says what it must have',
  );
}
