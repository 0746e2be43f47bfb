// The version of clew, as its package tells: the bundle and the sources are not equally deep below it.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export function version(): string {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, 'package.json'))) folder = path.dirname(folder);
  return (JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { version: string }).version;
}
