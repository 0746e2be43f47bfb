// Hooking Codex: entries in its hooks.json where the version has hooks, otherwise a `notify` in its config.toml. Codex runs
// hooks only once the user has trusted them, which clew says and never does itself.
import path from 'node:path';
import type { AgentHooks, HookPlan, SettingsChange } from '../../../model/agent.ts';
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
import { codexHome } from '../places.ts';
import { planNotify, planNotifyRemoval, writeNotify } from './notify.ts';
import { trustWarnings } from './trust.ts';

/** Those that tell something. PreModelRequest is called before every request, and PostCompact tells what PreCompact did. */
const events = [
  'SessionStart',
  'SessionEnd',
  'UserPromptSubmit',
  'PreToolUse',
  'PermissionRequest',
  'PostToolUse',
  'SubagentStart',
  'SubagentStop',
  'PreCompact',
  'Stop',
] as const;

const agent = 'codex';
const isOurs = isClewCommand(agent);
/** Seconds that a slow disk may cost the agent at most. */
const timeout = 10;
/** The first version known to have hooks. */
const hooksSince = [0, 169] as const;

interface Plan extends HookPlan {
  readonly after: string;
  readonly spool: string;
}

export const hooks: AgentHooks = {
  version: (context) => Promise.resolve(installedVersion(context)),
  planInstall({ context, script, spool, version, project }) {
    const file = hooksFile(context);
    if (project !== undefined) return nothingFor(file);
    if (!hasHooks(version)) return planNotify(configFile(context), script, spool);
    const before = readSettings(file);
    const commandOf = (event: string): string => hookCommand(script, spool, agent, event);
    const after = addHooks(before, events, { commandOf, isOurs, timeout }, file);
    const present = ownEvents(before, file, isOurs);
    const warnings = trustWarnings(file, before, after, configFile(context), isOurs);
    return { file, before, after, spool, events, present, warnings } satisfies Plan;
  },
  planUninstall(context, project) {
    const file = hooksFile(context);
    const change =
      project === undefined ? planRemoval(file, context, withoutHooks(isOurs, file)) : nothingFor(file);
    const notify = planNotifyRemoval(configFile(context));
    return change.before === change.after && notify.before !== notify.after && project === undefined
      ? notify
      : change;
  },
  install(plan, context) {
    if (plan.file === configFile(context)) writeNotify(plan);
    else if (plan.after !== plan.before) {
      writeHooks(plan as Plan, (plan as Plan).spool, context, isOurs);
      // A version before had no hooks.
      writeNotify(planNotifyRemoval(configFile(context)));
    }
  },
  uninstall(change, context) {
    if (change.file === configFile(context)) writeNotify(change);
    else if (change.before !== change.after) {
      applyRemoval(change, context);
      writeNotify(planNotifyRemoval(configFile(context)));
    }
  },
};

const hooksFile = (context: Context): string => path.join(codexHome(context), 'hooks.json');
const configFile = (context: Context): string => path.join(codexHome(context), 'config.toml');

function nothingFor(file: string): HookPlan & SettingsChange {
  const before = readSettings(file);
  const message = "is for all of the user's work: Codex has no hooks of a project. Run `clew init` for them";
  return {
    file,
    before,
    after: before,
    events: [],
    present: [],
    warnings: [{ code: 'user', file, message }],
  };
}

/** One that is not known is taken for a new one: old ones do not read hooks.json. */
function hasHooks(version: string | undefined): boolean {
  const [major, minor] = (version ?? '').split('.').map((part) => Number.parseInt(part, 10));
  if (major === undefined || minor === undefined || Number.isNaN(major)) return true;
  return major > hooksSince[0] || minor >= hooksSince[1];
}

function installedVersion(context: Context): string | undefined {
  const program = findProgram('codex', [path.join(context.home, '.local', 'bin')], context);
  return program && packageVersion(program, '@openai/codex');
}
