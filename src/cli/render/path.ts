// Paths, shortened for reading: the home folder is `~`, and what lies in the workspace is relative to it.
import path from 'node:path';
import type { View } from './view.ts';

export function tilde(file: string, view: Pick<View, 'home'>): string {
  const { home } = view;
  if (home === '' || home === '/') return file;
  if (file === home) return '~';
  return file.startsWith(home + path.sep) ? `~${file.slice(home.length)}` : file;
}

/** A path as seen from a session's workspace. */
export function within(file: string, workspace: string | null, view: Pick<View, 'home'>): string {
  if (workspace && file.startsWith(workspace + path.sep)) return file.slice(workspace.length + 1);
  return tilde(file, view);
}

/** Every mention of the workspace or the home folder in a command or another text, shortened. */
export function shortenPaths(text: string, workspace: string | null, view: Pick<View, 'home'>): string {
  const { home } = view;
  let result = text;
  if (workspace && workspace !== '/')
    result = result.replaceAll(workspace + path.sep, '').replaceAll(mention(workspace), '.');
  if (home !== '' && home !== '/') result = result.replaceAll(mention(home), '~');
  return result;
}

/** The folder itself, not the beginning of a longer name. */
const mention = (folder: string): RegExp =>
  new RegExp(`${folder.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)}(?![\\w.-])`, 'g');
