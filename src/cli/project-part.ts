// What `--project` of lists looks for: a part of a path; but with `.` the folder is meant, and no dot in a path.
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';

/** `.`, `./api` and `..` are the project that this folder belongs to: the one with `.git`, or else the folder itself. */
export function projectPart(text: string): string {
  if (!/^\.\.?(?:\/|$)/.test(text)) return text;
  const folder = path.resolve(text);
  if (!existsSync(folder)) return folder;
  const real = realpathSync(folder);
  for (let at = real; at !== path.dirname(at); at = path.dirname(at))
    if (existsSync(path.join(at, '.git'))) return at;
  return real;
}
