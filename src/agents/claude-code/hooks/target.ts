// The settings files that Claude Code reads, and the one that clew writes its hooks to: the user's own, or a project's
// settings.local.json. Never a project's settings.json: it is committed, and nobody's recorder is forced on others.
import path from 'node:path';
import type { Context } from '../../../model/context.ts';

export const configDir = ({ env, home, cwd }: Context): string =>
  path.resolve(cwd, env['CLAUDE_CONFIG_DIR'] || path.join(home, '.claude'));

/** Where the hooks go: user-wide, or for one project only. */
export const settingsFile = (context: Context, project?: string): string =>
  project === undefined
    ? path.join(configDir(context), 'settings.json')
    : path.join(path.resolve(context.cwd, project), '.claude', 'settings.local.json');

/** All the files that have a say about hooks in this project, the strongest first. */
export function settingsFiles(context: Context, project = context.cwd): string[] {
  const claude = path.join(path.resolve(context.cwd, project), '.claude');
  return [
    path.join(managedDir(), 'managed-settings.json'),
    path.join(claude, 'settings.local.json'),
    path.join(claude, 'settings.json'),
    path.join(configDir(context), 'settings.json'),
  ];
}

function managedDir(): string {
  if (process.platform === 'darwin') return '/Library/Application Support/ClaudeCode';
  if (process.platform === 'win32') return String.raw`C:\Program Files\ClaudeCode`;
  return '/etc/claude-code';
}
