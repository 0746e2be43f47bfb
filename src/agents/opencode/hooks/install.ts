// Puts clew's plugin into OpenCode's folder and takes it out. The file is clew's own, so nothing of the user's is edited.
import { existsSync, mkdirSync, rmSync, rmdirSync } from 'node:fs';
import path from 'node:path';
import { ClewError } from '../../../model/index.ts';
import type { HookPlan, SettingsChange } from '../../../model/agent.ts';
import type { AgentHooks, Context } from '../../../model/index.ts';
import { readSettings } from '../../shared/hooks/files.ts';
import { writeAtomic } from '../../shared/hooks/write.ts';
import { hashOf } from '../../shared/shapes.ts';
import { mark, pluginText } from './plugin.ts';

/** What the plugin tells, under the names that the hook script knows. */
const events = [
  'SessionStart',
  'SessionEnd',
  'UserPromptSubmit',
  'PreToolUse',
  'PostToolUse',
  'PostToolUseFailure',
  'PermissionReply',
  'SubagentStart',
  'SubagentStop',
  'Stop',
] as const;

export const configFolder = ({ env, home }: Context): string =>
  path.join(env['XDG_CONFIG_HOME'] || path.join(home, '.config'), 'opencode');

/** Of a project too it stands in the user's own folder: nobody's recorder belongs into a repository. */
const pluginFile = (context: Context, project: string | undefined): string =>
  path.join(
    configFolder(context),
    'plugin',
    project === undefined ? 'clew.js' : `clew-${hashOf(project).slice(0, 8)}.js`,
  );

type InstallOptions = Parameters<AgentHooks['planInstall']>[0];

export function planInstall({ context, script, spool, project, handoff }: InstallOptions): HookPlan {
  const file = pluginFile(context, project);
  const before = readSettings(file);
  if (before !== undefined && !before.startsWith(mark))
    throw new ClewError('BAD_INPUT', `${file} is not clew's`, 'move it away, then run the command again');
  const warnings: { code: string; file: string; message: string }[] = [];
  const warn = (code: string, where: string, message: string): void =>
    void warnings.push({ code, file: where, message });
  if (context.env['OPENCODE_PURE']) warn('disabled', file, 'is not loaded while OPENCODE_PURE is set');
  if (!existsSync(path.join(configFolder(context), 'node_modules')))
    warn(
      'first-start',
      configFolder(context),
      'gets a package of OpenCode’s own from npm at its next start, as soon as there is any plugin; without a network each start waits for that',
    );
  if (handoff)
    warn('no-handoff', file, 'gives no handoffs: OpenCode asks no plugin for words when a session starts');
  return {
    file,
    before,
    after: pluginText(script, spool, project),
    events,
    present: before === undefined ? [] : events,
    warnings,
  };
}

export function install({ file, before, after }: HookPlan): void {
  if (before === after || after === undefined) return;
  unchanged(file, before);
  mkdirSync(path.dirname(file), { recursive: true });
  writeAtomic(file, after);
}

export function planUninstall(context: Context, project?: string): SettingsChange {
  const file = pluginFile(context, project);
  const before = readSettings(file);
  return { file, before, after: before?.startsWith(mark) ? undefined : before };
}

export function uninstall({ file, before, after }: SettingsChange): void {
  if (before === after) return;
  unchanged(file, before);
  rmSync(file);
  try {
    rmdirSync(path.dirname(file));
  } catch {
    // Other plugins are in it.
  }
}

function unchanged(file: string, before: string | undefined): void {
  if (readSettings(file) !== before)
    throw new ClewError('BUSY', `${file} was changed just now by something else`, 'run the command again');
}
