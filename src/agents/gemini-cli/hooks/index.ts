// Hooking Gemini CLI: the entries in the user's settings, and how to take them out again. A project has settings that are
// committed, and no others: nobody's recorder is forced on team mates, so a project alone cannot be hooked.
import path from 'node:path';
import type { AgentHooks, HookPlan } from '../../../model/agent.ts';
import type { Context } from '../../../model/index.ts';
import { hookCommand, isClewCommand } from '../../shared/hooks/command.ts';
import { readSettings } from '../../shared/hooks/files.ts';
import {
  applyRemoval,
  ownEvents,
  planRemoval,
  withoutHooks,
  writeHooks,
} from '../../shared/hooks/install.ts';
import { findProgram, packageVersion } from '../../shared/hooks/program.ts';
import { addHooks } from '../../shared/hooks/settings.ts';
import { homeOf } from '../places.ts';
import { hookWarnings } from './warnings.ts';

/**
 * Those that tell something, in every version that has hooks. PreCompress is called before every request, compressed or
 * not, and those about the model are given the whole conversation each time.
 */
const events = [
  'SessionStart',
  'SessionEnd',
  'BeforeAgent',
  'AfterAgent',
  'BeforeTool',
  'AfterTool',
  'Notification',
] as const;

const agent = 'gemini-cli';
const isOurs = isClewCommand(agent);
/** Milliseconds that a slow disk may cost the agent at most. */
const timeout = 10_000;

interface Plan extends HookPlan {
  readonly after: string;
  readonly spool: string;
}

export const hooks: AgentHooks = {
  version: (context) => Promise.resolve(installedVersion(context)),
  planInstall({ context, script, spool, project }) {
    const file = settingsFile(context, project);
    const before = readSettings(file);
    if (project !== undefined)
      return { file, before, after: before, events: [], present: [], warnings: [notAlone(file)] };
    const commandOf = (event: string): string => hookCommand(script, spool, agent, event);
    const after = addHooks(before, events, { commandOf, isOurs, timeout }, file);
    const present = ownEvents(before, file, isOurs);
    const warnings = hookWarnings(file, after);
    return { file, before, after, spool, events, present, warnings } satisfies Plan;
  },
  planUninstall(context, project) {
    const file = settingsFile(context, project);
    return planRemoval(file, context, withoutHooks(isOurs, file));
  },
  install(plan, context) {
    if (isPlan(plan)) writeHooks(plan, plan.spool, context, isOurs);
  },
  uninstall: applyRemoval,
};

const isPlan = (plan: HookPlan): plan is Plan => 'spool' in plan;

const notAlone = (file: string): HookPlan['warnings'][number] => ({
  code: 'committed',
  file,
  message: 'is for everybody who works on the project; hook all of your own work instead',
});

export const settingsFile = (context: Context, project?: string): string =>
  path.join(
    project === undefined ? homeOf(context) : path.resolve(context.cwd, project),
    '.gemini',
    'settings.json',
  );

function installedVersion(context: Context): string | undefined {
  const program = findProgram('gemini', [path.join(context.home, '.local', 'bin')], context);
  return program && packageVersion(program, '@google/gemini-cli');
}
