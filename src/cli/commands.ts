// All commands of clew, by name. They are small, and one file of them starts faster than many: what is heavy (the
// library, the diff) is imported where it is used.
import type { Command } from './command.ts';
import { active } from './commands/active.ts';
import { agents } from './commands/agents.ts';
import { alerts } from './commands/alerts.ts';
import { attribution } from './commands/attribution.ts';
import { blame } from './commands/blame.ts';
import { branch } from './commands/branch.ts';
import { branches } from './commands/branches.ts';
import { beads } from './commands/beads.ts';
import { checkpoint } from './commands/checkpoint.ts';
import { checkpoints } from './commands/checkpoints.ts';
import { commits } from './commands/commits.ts';
import { compare } from './commands/compare.ts';
import { complete } from './commands/complete.ts';
import { completion } from './commands/completion.ts';
import { daily } from './commands/daily.ts';
import { decision } from './commands/decision.ts';
import { decisions } from './commands/decisions.ts';
import { demo } from './commands/demo.ts';
import { diff } from './commands/diff.ts';
import { doctor } from './commands/doctor.ts';
import { event } from './commands/event.ts';
import { events } from './commands/events.ts';
import { exportCommand } from './commands/export.ts';
import { files } from './commands/files.ts';
import { handoff } from './commands/handoff.ts';
import { importCommand } from './commands/import.ts';
import { init } from './commands/init.ts';
import { issue } from './commands/issue.ts';
import { issues } from './commands/issues.ts';
import { limits } from './commands/limits.ts';
import { log } from './commands/log.ts';
import { mcp } from './commands/mcp.ts';
import { metric } from './commands/metric.ts';
import { metrics } from './commands/metrics.ts';
import { note } from './commands/note.ts';
import { operations } from './commands/operations.ts';
import { overview } from './commands/overview.ts';
import { prices } from './commands/prices.ts';
import { project } from './commands/project.ts';
import { redo } from './commands/redo.ts';
import { reindex } from './commands/reindex.ts';
import { replay } from './commands/replay.ts';
import { resume } from './commands/resume.ts';
import { restore } from './commands/restore.ts';
import { search } from './commands/search.ts';
import { session } from './commands/session/index.ts';
import { sessions } from './commands/sessions.ts';
import { show } from './commands/show.ts';
import { skill } from './commands/skill.ts';
import { start } from './commands/start.ts';
import { stats } from './commands/stats.ts';
import { statusline } from './commands/statusline.ts';
import { undo } from './commands/undo.ts';
import { uninstall } from './commands/uninstall.ts';
import { usage } from './commands/usage.ts';
import { verify } from './commands/verify.ts';
import { watch } from './commands/watch.ts';
import { why } from './commands/why.ts';
import { work } from './commands/work.ts';

/** What `clew` alone does. */
export const defaultCommand = 'overview';

const commands: Readonly<Record<string, Command>> = {
  overview,
  active,
  sessions,
  show,
  log,
  search,
  files,
  blame,
  attribution,
  commits,
  issue,
  issues,
  stats,
  operations,
  why,
  decisions,
  metrics,
  daily,
  project,
  usage,
  limits,
  alerts,
  export: exportCommand,
  checkpoint,
  checkpoints,
  diff,
  undo,
  redo,
  restore,
  replay,
  branch,
  branches,
  compare,
  handoff,
  resume,
  mcp,
  session,
  work,
  decision,
  skill,
  metric,
  note,
  event,
  events,
  import: importCommand,
  watch,
  reindex,
  verify,
  beads,
  agents,
  doctor,
  prices,
  init,
  uninstall,
  statusline,
  completion,
  start,
  demo,
  complete,
};

export const commandNamed = (name: string): Command | undefined =>
  Object.hasOwn(commands, name) ? commands[name] : undefined;

/** Those that are for people, in the order of the help. */
export const shownCommands: readonly (readonly [name: string, command: Command])[] = Object.entries(
  commands,
).filter(([, command]) => !command.hidden);
