// An agent's program, and its version as its package tells it without being started.
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { Context } from '../../../model/context.ts';

/** On PATH, or in one of the places where its own installers put it. */
export function findProgram(
  name: string,
  places: readonly string[],
  { env, cwd }: Context,
): string | undefined {
  const names = process.platform === 'win32' ? [`${name}.cmd`, `${name}.exe`, name] : [name];
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter(Boolean);
  return [...folders, ...places]
    .flatMap((folder) => names.map((one) => path.resolve(cwd, folder, one)))
    .find((file) => existsSync(file));
}

/** From the package.json above the real file, or from the file's name: native installs are `…/versions/2.1.329`. */
export function packageVersion(binary: string, packageName: string): string | undefined {
  try {
    const real = realpathSync(binary);
    if (/^\d+\.\d+\.\d+$/.test(path.basename(real))) return path.basename(real);
    for (let folder = path.dirname(real), up = 0; up < 3; folder = path.dirname(folder), up++) {
      const file = path.join(folder, 'package.json');
      if (!existsSync(file)) continue;
      const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as {
        name?: unknown;
        version?: unknown;
      };
      if (name === packageName && typeof version === 'string') return version;
    }
  } catch {
    // Not readable, or not JSON.
  }
  return undefined;
}
