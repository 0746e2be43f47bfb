// The user's settings: `$CLEW_HOME/config.json`. Everything in it is optional.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { ClewError } from './errors.ts';
import { alertSettings, limitSettings } from './limit.ts';
import { modelTier } from './model-tier.ts';
import { priceSettings } from './price.ts';
import { agentTypes } from './session-state.ts';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const pattern = v.pipe(
  v.string(),
  v.regex(/^[^\0\n!#][^\0\n]*$/, 'a pattern is one line, and starts with neither ! nor #'),
);

const agentName = /^[a-z][a-z0-9-]*$/;

const configSchema = v.strictObject({
  /** Adapters for further agents: packages, or files, below $CLEW_HOME. */
  adapters: v.optional(v.array(v.pipe(v.string(), v.nonEmpty()))),
  /** Further folders in which an agent's records lie, such as copies from another machine. */
  sources: v.optional(
    v.array(
      v.strictObject({
        agent: v.optional(
          v.pipe(v.string(), v.regex(agentName, 'an agent is named like claude-code')),
          'claude-code',
        ),
        path: v.pipe(v.string(), v.nonEmpty()),
        machine: v.optional(v.pipe(v.string(), v.nonEmpty())),
      }),
    ),
    [],
  ),
  redact: v.optional(
    v.strictObject({
      rules: v.optional(
        v.array(
          v.strictObject({
            name: v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/, 'a rule name is made of a-z, 0-9 and -')),
            pattern: v.string(),
            flags: v.optional(v.string()),
            group: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
          }),
        ),
      ),
      allow: v.optional(v.array(v.string())),
      disable: v.optional(v.array(v.string())),
    }),
    {},
  ),
  checkpoints: v.optional(
    v.strictObject({
      enabled: v.optional(v.boolean()),
      maxFileBytes: v.optional(count),
      maxFiles: v.optional(count),
      maxTotalBytes: v.optional(count),
      /** How long a hook lets the agent wait. */
      budgetMs: v.optional(v.pipe(count, v.maxValue(60_000))),
      /** Patterns, as in .gitignore, of ignored files that are taken all the same. */
      include: v.optional(
        v.array(
          v.union([
            pattern,
            v.strictObject({ project: v.pipe(v.string(), v.nonEmpty()), paths: v.array(pattern) }),
          ]),
        ),
      ),
      network: v.optional(v.boolean()),
      /** Of this many days all checkpoints are kept. */
      keepAllDays: v.optional(count),
    }),
  ),
  /** What sessions kept by hand begin with, by name. */
  sessionTemplates: v.optional(
    v.record(
      v.string(),
      v.strictObject({
        goal: v.optional(v.string()),
        agentType: v.optional(v.picklist(agentTypes)),
        modelTier: v.optional(
          v.union([
            v.pipe(
              v.string(),
              v.check((given) => modelTier(given) !== undefined, 'no such model tier'),
            ),
            v.picklist([1, 2, 3, 4]),
          ]),
        ),
        initialPrompt: v.optional(v.string()),
        metadata: v.optional(v.record(v.string(), v.unknown())),
      }),
    ),
  ),
  prices: v.optional(priceSettings),
  limits: v.optional(limitSettings),
  alerts: v.optional(alertSettings),
});

export type CheckpointSettings = NonNullable<Config['checkpoints']>;
export type Config = v.InferOutput<typeof configSchema>;

const configFile = (clewHome: string): string => path.join(clewHome, 'config.json');

/** Reads the settings; an absent file is an empty one. Throws BAD_CONFIG, naming the file and the place. */
export function loadConfig(clewHome: string): Config {
  const file = configFile(clewHome);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return v.parse(configSchema, {});
    throw new ClewError(
      'BAD_CONFIG',
      `${file} cannot be read: ${(error as Error).message}`,
      'check its permissions',
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ClewError(
      'BAD_CONFIG',
      `${file} is no JSON: ${(error as Error).message}`,
      'mend it or move it away',
    );
  }
  const result = v.safeParse(configSchema, value);
  if (result.success) return result.output;
  const places = result.issues.map((issue) => `${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`);
  throw new ClewError(
    'BAD_CONFIG',
    `${file}: ${places.join('; ')}`,
    'docs/configuration.md lists what it may hold',
  );
}
