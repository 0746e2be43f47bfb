// Flags that several commands share, and how the values of flags are read.
import { entryKinds, sessionStatuses } from '../model/index.ts';
import type { EntryKind } from '../model/index.ts';
import type { SessionFilter } from '../index.ts';
import type { FlagValues } from './command.ts';
import { projectPart } from './project-part.ts';
import { nearest } from './suggest.ts';
import { UsageError } from './usage-error.ts';
import { parseWhen } from './when.ts';

/** A flag whose value is one of a few words. */
export const choice = <const C extends readonly string[]>(
  choices: C,
  help: string,
  value = choices.join('|'),
) => ({
  help,
  value,
  choices,
  read: (text: string, flag: string): C[number] => oneOf(choices, text, flag),
});

export const positiveNumber = (text: string, flag: string): number => {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UsageError(`${flag} "${text}" is no number from 1 on`, `for example: ${flag} 20`);
};

export const wholeNumber = (text: string, flag: string): number => {
  if (/^\d{1,12}$/.test(text)) return Number(text);
  throw new UsageError(`${flag} "${text}" is no whole number`, `for example: ${flag} 1800`);
};

export const numberValue = (text: string, flag: string): number => {
  if (text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
  throw new UsageError(`${flag} "${text}" is no number`, 'give digits, such as 0.8');
};

export const jsonValue = (text: string, flag: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UsageError(`${flag} is no JSON`, `for example: ${flag} '{"branch": "main"}'`);
  }
};

/** Which session something is recorded for. */
export const sessionFlag = {
  help: 'Of this session; else that in CLEW_SESSION_ID, or the one at work here',
  value: 'SESSION',
} as const;

export const json = { help: 'Print JSON' } as const;

export const limit = { help: 'Show at most so many', value: 'N', short: 'n', read: positiveNumber } as const;

export const kind = {
  help: 'Only these kinds of entries, separated by commas',
  value: 'KIND[,KIND…]',
  choices: entryKinds,
  read: (text: string, flag: string): readonly EntryKind[] =>
    text.split(',').map((one) => oneOf(entryKinds, one.trim(), flag)),
} as const;

/** Which sessions. */
export const filterFlags = {
  project: {
    help: "Sessions whose project's path has this in it; `.` is the project here",
    value: 'PART',
    read: projectPart,
  },
  agent: { help: 'Sessions of this agent: codex, gemini-cli (`clew agents` lists them)', value: 'AGENT' },
  model: { help: 'Sessions that used a model with this in its name', value: 'PART' },
  status: choice(sessionStatuses, 'Sessions with this status', 'STATUS'),
  since: {
    help: 'Active at or after this time: 2025-11-12, yesterday, 7d',
    value: 'WHEN',
    read: (text: string, flag: string): number => parseWhen(text, 'start', Date.now(), flag),
  },
  until: {
    help: 'Active at or before this time',
    value: 'WHEN',
    read: (text: string, flag: string): number => parseWhen(text, 'end', Date.now(), flag),
  },
  limit,
} as const;

export const filterOf = (flags: FlagValues<typeof filterFlags>): SessionFilter => ({
  project: flags.project,
  agent: flags.agent,
  model: flags.model,
  status: flags.status,
  since: flags.since,
  until: flags.until,
  limit: flags.limit,
});

export function oneOf<T extends string>(choices: readonly T[], text: string, flag: string): T {
  const found = choices.find((name) => name === text);
  if (found !== undefined) return found;
  const near = nearest(text, choices);
  throw new UsageError(
    `${flag} "${text}" is not known`,
    `${near ? `did you mean ${near}? ` : ''}it can be: ${choices.join(', ')}`,
  );
}

/** Where hooks go. */
export const hookFlags = {
  project: {
    help: 'Only the sessions in this project (without DIR, in this folder)',
    value: 'DIR',
    fallback: '.',
  },
  'dry-run': { help: 'Show what would be changed, as a diff; change nothing' },
  yes: { help: 'Accepted for scripts; nothing is asked', short: 'y' },
  json,
} as const;
