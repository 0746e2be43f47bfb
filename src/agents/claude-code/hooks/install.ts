// Puts clew's hooks into Claude Code's settings and takes them out. In two steps, so that a dry run can show what would
// change: a plan holds the text before and after, applying it writes. Removing gives back the bytes of before when
// nobody touched the file since, and otherwise takes out clew's entries only.
import type { Context } from '../../../model/context.ts';
import type { SettingsChange } from '../../../model/agent.ts';
import { hookCommand, isClewCommand } from '../../shared/hooks/command.ts';
import { readSettings } from '../../shared/hooks/files.ts';
import {
  applyRemoval,
  ownEvents,
  planRemoval,
  withoutHooks,
  writeHooks,
} from '../../shared/hooks/install.ts';
import { addHooks } from '../../shared/hooks/settings.ts';
import { eventsFor } from './events.ts';
import { addHandoffHooks, isHandoffCommand } from './handoff.ts';
import { settingsFile, settingsFiles } from './target.ts';
import { hookWarnings, type HookWarning } from './warnings.ts';

/** A slow disk may cost the agent this many seconds at most, not Claude Code's own minute or ten. */
const timeout = 10;
const isRecording = isClewCommand('claude-code');
const isOurs = (command: string): boolean => isRecording(command) || isHandoffCommand(command);

export interface InstallOptions {
  readonly context: Context;
  /** The hook script and the spool, as absolute paths. */
  readonly script: string;
  readonly spool: string;
  /** Of the installed Claude Code, see `installedVersion`. */
  readonly version: string | undefined;
  /** Hook only this project, in its settings.local.json, and not all of the user's work. */
  readonly project?: string;
  /** Words that start clew, where sessions that start are to be given a handoff. */
  readonly handoff?: readonly string[];
}

export interface InstallPlan extends SettingsChange {
  readonly after: string;
  readonly spool: string;
  /** The events to be hooked, and those that were. */
  readonly events: readonly string[];
  readonly present: readonly string[];
  /** Why the hooks would not run all the same. */
  readonly warnings: readonly HookWarning[];
}

export function planInstall({
  context,
  script,
  spool,
  version,
  project,
  handoff,
}: InstallOptions): InstallPlan {
  const file = settingsFile(context, project);
  const before = readSettings(file);
  const events = eventsFor(version);
  const commandOf = (event: string): string => hookCommand(script, spool, 'claude-code', event);
  const recording = addHooks(before, events, { commandOf, isOurs: isRecording, timeout }, file);
  const after = handoff ? addHandoffHooks(recording, handoff, context.clewHome, file) : recording;
  const warnings = hookWarnings(settingsFiles(context, project), version, new Map([[file, after]]));
  return { file, before, after, spool, events, present: ownEvents(before, file, isRecording), warnings };
}

export const applyInstall = (plan: InstallPlan, context: Context): void =>
  writeHooks(plan, plan.spool, context, isOurs);

export const planUninstall = (context: Context, project?: string): SettingsChange =>
  removalFrom(settingsFile(context, project), context);

const removalFrom = (file: string, context: Context): SettingsChange =>
  planRemoval(file, context, withoutHooks(isOurs, file));

export const applyUninstall = applyRemoval;
