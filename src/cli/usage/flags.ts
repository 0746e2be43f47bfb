// What `clew usage` takes, and the request that it makes. Times are read in the zone that is asked for.
import type { ExplainOptions, UsageGroup, WeekStart } from '../../index.ts';
import type { FlagValues } from '../command.ts';
import { choice, json, limit, oneOf, positiveNumber } from '../flags.ts';
import { projectPart } from '../project-part.ts';
import { UsageError } from '../usage-error.ts';
import { parseWhen } from '../when.ts';

export const usageGroups = [
  'day',
  'week',
  'month',
  'session',
  'project',
  'model',
  'agent',
  'branch',
  'issue',
  '5h',
] as const satisfies readonly UsageGroup[];

export const usageFlags = {
  by: choice(usageGroups, 'A second grouping, within the rows of the first', 'GROUP'),
  breakdown: { help: 'The models of each row below it' },
  since: { help: 'From this time on: 2025-11-12, yesterday, 7d', value: 'WHEN' },
  until: { help: 'Up to this time', value: 'WHEN' },
  all: { help: 'All times' },
  project: {
    help: 'Only projects with this in their path; `.` is the one here',
    value: 'PART',
    read: projectPart,
  },
  agent: { help: 'Only this agent: `clew agents` lists them', value: 'AGENT' },
  model: { help: 'Only models with this in their name', value: 'PART' },
  branch: { help: 'Only what was done on this branch', value: 'NAME' },
  session: { help: 'Only this session', value: 'ID' },
  limit: { ...limit, help: 'So many rows; with --explain so many responses (100)' },
  offset: {
    help: 'With --explain: pass over so many responses',
    value: 'N',
    read: (text: string, flag: string): number => (text === '0' ? 0 : positiveNumber(text, flag)),
  },
  timezone: { help: 'Days of this time zone (the local one): Europe/Berlin, UTC', value: 'ZONE' },
  'week-start': choice(
    ['monday', 'sunday', 'saturday'] as const satisfies readonly WeekStart[],
    'When weeks begin',
    'DAY',
  ),
  'token-limit': {
    help: 'With 5h: what the tokens of a block are held against; max: the fullest block shown',
    value: 'N|max',
    read: (text: string, flag: string): number | 'max' =>
      text === 'max' ? text : positiveNumber(text, flag),
  },
  explain: { help: 'The responses, prices and records behind a row, by its key', value: 'ROW' },
  csv: { help: 'Print CSV' },
  json,
} as const;

export type UsageFlags = FlagValues<typeof usageFlags>;

export function requestOf(flags: UsageFlags, word: string | undefined): ExplainOptions {
  if (flags.timezone !== undefined) useZone(flags.timezone);
  const group = word === undefined ? undefined : oneOf(usageGroups, word, 'the group');
  if (flags.by !== undefined && [group, flags.by].includes('5h'))
    throw new UsageError('blocks of five hours are not grouped further', '`clew usage 5h` has no --by');
  const when = (flag: 'since' | 'until'): number | undefined => {
    const text = flags[flag];
    return text === undefined
      ? undefined
      : parseWhen(text, flag === 'since' ? 'start' : 'end', Date.now(), `--${flag}`);
  };
  const { by, breakdown, all, project, agent, model, branch, session, timezone, offset } = flags;
  return {
    group,
    by,
    breakdown,
    all,
    project,
    agent,
    model,
    branch,
    session,
    timezone,
    offset,
    since: when('since'),
    until: when('until'),
    limit: flags.limit,
    weekStart: flags['week-start'],
    tokenLimit: flags['token-limit'],
  };
}

/** All times that this process reads and shows are now of this zone; the library tells whether there is such a one. */
function useZone(zone: string): void {
  process.env['TZ'] = zone;
}
