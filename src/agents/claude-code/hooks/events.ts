// Which hook events each version of Claude Code knows, and which of them clew registers. Up to 2.1.100 one unknown
// name makes Claude Code drop the whole settings file, permissions and all, without a word: so clew writes only names
// that the installed version is known to know.

interface EventsOfVersion {
  /** The first version looked at that knows them. */
  readonly since: string;
  readonly events: readonly string[];
}

const table: readonly EventsOfVersion[] = [
  {
    since: '1.0.60',
    events: [
      'PreToolUse',
      'PostToolUse',
      'Notification',
      'UserPromptSubmit',
      'Stop',
      'SubagentStop',
      'PreCompact',
    ],
  },
  { since: '1.0.128', events: ['SessionStart', 'SessionEnd'] },
  { since: '2.0.77', events: ['PostToolUseFailure', 'SubagentStart', 'PermissionRequest'] },
  {
    since: '2.1.50',
    events: ['Setup', 'TeammateIdle', 'TaskCompleted', 'ConfigChange', 'WorktreeCreate', 'WorktreeRemove'],
  },
  {
    since: '2.1.100',
    events: [
      'StopFailure',
      'PostCompact',
      'PermissionDenied',
      'TaskCreated',
      'Elicitation',
      'ElicitationResult',
      'InstructionsLoaded',
      'CwdChanged',
      'FileChanged',
    ],
  },
  { since: '2.1.128', events: ['PostToolBatch', 'UserPromptExpansion'] },
  { since: '2.1.329', events: ['PreModelSwitch', 'PostModelSwitch', 'DirectoryAdded', 'MessageDisplay'] },
];

/** What clew does not register, and why. */
export const leftOut: Readonly<Record<string, string>> = {
  WorktreeCreate:
    'a hook on it replaces the making of the worktree, and Claude Code fails without its answer',
  WorktreeRemove: 'the other half of WorktreeCreate; the transcript tells of the removal',
  MessageDisplay: 'fires for every piece of text shown; the transcript has the whole message',
  FileChanged: 'fires only for files named in advance; checkpoints see every file',
  PreModelSwitch: 'PostModelSwitch says the same once it has happened',
  Setup: 'fires only for --init and --maintenance, and says nothing about a session',
  TeammateIdle: 'SubagentStop and the transcript say when a teammate is done',
};

/** The version taken for one that is not known: every Claude Code since knows its nine events. */
const safeVersion = '1.0.128';

/** Every event that this version knows. */
export function knownEvents(version: string | undefined): string[] {
  const installed = numbers(version) ?? numbers(safeVersion)!;
  return table.flatMap(({ since, events }) => (compare(numbers(since)!, installed) <= 0 ? events : []));
}

/** The events that clew registers with this version of Claude Code. */
export const eventsFor = (version: string | undefined): string[] =>
  knownEvents(version).filter((event) => !(event in leftOut));

/** Whether this version drops a settings file that has an event it does not know. */
export const dropsUnknown = (version: string | undefined): boolean =>
  compare(numbers(version) ?? numbers(safeVersion)!, numbers('2.1.101')!) < 0;

type Numbers = readonly [number, number, number];

function numbers(version: string | undefined): Numbers | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)/.exec(version ?? '');
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : undefined;
}

const compare = (a: Numbers, b: Numbers): number => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
