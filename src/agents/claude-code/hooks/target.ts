// The settings files that Claude Code reads, and the one that clew writes its hooks to: the user's own, or a project's
// settings.local.json. Never a project's settings.json: it is committed, and nobody's recorder is forced on others.
import { lstatSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import type { Context } from '../../../model/context.ts';
import { ClewError } from '../../../model/errors.ts';

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

/** The text of a settings file, or undefined when there is none. */
export function readSettings(file: string): string | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new ClewError(
      'UNREADABLE',
      `${file}: ${(error as Error).message}`,
      'Give yourself the right to read it.',
      {
        cause: error,
      },
    );
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new ClewError(
      'BAD_INPUT',
      `${file}: not UTF-8`,
      `Save ${file} as UTF-8, then run the command again.`,
      {
        cause: error,
      },
    );
  }
}

/** The file behind a symbolic link, also when it does not exist yet: people keep their settings in another folder. */
export function behindLinks(file: string): string {
  let target = file;
  for (let links = 0; links < 40; links++) {
    if (!lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink()) return target;
    target = path.resolve(path.dirname(target), readlinkSync(target));
  }
  throw new ClewError(
    'UNREADABLE',
    `${file}: a circle of links`,
    'Remove the link, then run the command again.',
  );
}
