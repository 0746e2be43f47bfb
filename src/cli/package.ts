// The package that this code was shipped in: its version, and the sample sessions beside it.
import { existsSync } from 'node:fs';
import path from 'node:path';

/** The nearest folder above that holds a package.json: the bundle and the sources are not equally deep. */
export function packageRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, 'package.json'))) folder = path.dirname(folder);
  return folder;
}

export { version } from '../version.ts';
