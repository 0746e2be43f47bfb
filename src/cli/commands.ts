// All commands of clew. Each is loaded when it is called: a command does not pay for the others.
import type { Command } from './command.ts';

export interface CommandEntry {
  readonly summary: string;
  readonly group: (typeof groups)[number];
  readonly hidden?: boolean;
  readonly load: () => Promise<Command>;
}

export const groups = ['Look', 'Record', 'Keep', 'Set up'] as const;

/** What `clew` alone does. */
export const defaultCommand = 'overview';

export const commands: Readonly<Record<string, CommandEntry>> = {
  overview: {
    summary: 'What is running, what was done lately, what needs a look',
    group: 'Look',
    load: async () => (await import('./commands/overview.ts')).overview,
  },
  sessions: {
    summary: 'List sessions, the latest first',
    group: 'Look',
    load: async () => (await import('./commands/sessions.ts')).sessions,
  },
  show: {
    summary: 'Show a session, a turn or an operation',
    group: 'Look',
    load: async () => (await import('./commands/show.ts')).show,
  },
  log: {
    summary: 'Show what was said and done in a session, in order',
    group: 'Look',
    load: async () => (await import('./commands/log.ts')).log,
  },
  search: {
    summary: 'Find words in everything that was said and done',
    group: 'Look',
    load: async () => (await import('./commands/search.ts')).search,
  },
  files: {
    summary: 'List changed files, or the changes of one',
    group: 'Look',
    load: async () => (await import('./commands/files.ts')).files,
  },
  export: {
    summary: 'Write a session as JSON, JSONL, Markdown or HTML',
    group: 'Look',
    load: async () => (await import('./commands/export.ts')).exportCommand,
  },
  import: {
    summary: "Take in what is new in agents' records",
    group: 'Record',
    load: async () => (await import('./commands/import.ts')).importCommand,
  },
  watch: {
    summary: 'Take in what is new as it is written',
    group: 'Record',
    load: async () => (await import('./commands/watch.ts')).watch,
  },
  reindex: {
    summary: 'Rebuild the index from what was kept',
    group: 'Keep',
    load: async () => (await import('./commands/reindex.ts')).reindex,
  },
  verify: {
    summary: 'Prove that what was kept is as it was written',
    group: 'Keep',
    load: async () => (await import('./commands/verify.ts')).verify,
  },
  doctor: {
    summary: 'Look whether everything is in order',
    group: 'Set up',
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
  init: {
    summary: 'Hook the agents, so that they tell clew more',
    group: 'Set up',
    load: async () => (await import('./commands/init.ts')).init,
  },
  uninstall: {
    summary: "Take clew's hooks out again",
    group: 'Set up',
    load: async () => (await import('./commands/uninstall.ts')).uninstall,
  },
  completion: {
    summary: 'Print the completion script of a shell',
    group: 'Set up',
    load: async () => (await import('./commands/completion.ts')).completion,
  },
  start: {
    summary: 'Import everything that is found, then show the overview',
    group: 'Set up',
    load: async () => (await import('./commands/start.ts')).start,
  },
  demo: {
    summary: 'Try clew on sample sessions, apart from your own',
    group: 'Set up',
    load: async () => (await import('./commands/demo.ts')).demo,
  },
  complete: {
    summary: 'What could stand at the cursor; asked by shells',
    group: 'Set up',
    hidden: true,
    load: async () => (await import('./commands/complete.ts')).complete,
  },
};
