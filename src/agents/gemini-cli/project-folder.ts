// A chat names its project by the SHA-256 of the folder's path alone. Paths stand in it all the same, and a folder whose
// hash is the project's is the project's.
import { hash } from 'node:crypto';
import { list, object, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import { tell } from './state.ts';
import type { Reading } from './state.ts';

/** Paths looked at before it is given up. */
const maxTries = 64;

/** The folder that Gemini CLI was started in, where one of these lies in it. */
export function findFolder(reading: Reading, places: readonly (string | undefined)[]): void {
  const { state } = reading;
  for (const place of places) {
    if (place === undefined || state.folderHash === undefined || state.tries >= maxTries) return;
    state.tries++;
    for (const folder of ancestors(place)) {
      if (hash('sha256', folder) !== state.folderHash) continue;
      tell(reading, 'workspace', folder);
      delete state.folderHash;
      break;
    }
  }
}

/** Paths in a tool call: in what it was given, in what it gave back, in the client's words on a shell command. */
export function pathsIn(call: Json): string[] {
  const args = object(call['args']) ?? {};
  const shell = /\[(?:current working directory|in) ([^\]]+)\]/.exec(text(call['description']) ?? '')?.[1];
  return [
    shell,
    text(object(call['resultDisplay'])?.['filePath']),
    ...['file_path', 'absolute_path', 'dir_path', 'path'].map((name) => text(args[name])),
  ].filter((one): one is string => one !== undefined && isAbsolute(one));
}

/** The folders that a chat's first message lists, one a line. */
export const listedFolders = (words: string): string[] =>
  [...words.matchAll(/^\s*- (\S.*)$/gm)].map((one) => one[1] ?? '').filter(isAbsolute);

export const directoriesIn = (header: Json): string[] =>
  list(header['directories']).flatMap((one) => text(one) ?? []);

const isAbsolute = (place: string): boolean => /^(?:\/|[A-Za-z]:[\\/])/.test(place);

function* ancestors(place: string): Generator<string> {
  for (let at = place; at !== ''; at = at.slice(0, Math.max(0, at.search(/[\\/][^\\/]*$/)))) yield at;
}
