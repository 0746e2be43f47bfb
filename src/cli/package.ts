// The package that this code was shipped in: its version, and the sample sessions beside it.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The nearest folder above that holds a package.json: the bundle and the sources are not equally deep. */
export function packageRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, 'package.json'))) folder = path.dirname(folder);
  return folder;
}

export function version(): string {
  const manifest = JSON.parse(readFileSync(path.join(packageRoot(), 'package.json'), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}
