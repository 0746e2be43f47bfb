// Puts each version of a client in a folder of its own, from npm, and leaves alone what is there.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

export const versions = ['2.1.329', '2.1.100', '1.0.128'] as const;
export type Version = (typeof versions)[number];

export interface Installed {
  readonly version: Version;
  /** The folder that `claude` is in. */
  readonly bin: string;
}

function cacheFolder(): string {
  const { CLEW_CLIENTS_CACHE, XDG_CACHE_HOME } = process.env;
  return CLEW_CLIENTS_CACHE || path.join(XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'clew-clients');
}

export const install = (version: Version): Installed => ({
  version,
  bin: installPackage('claude', '@anthropic-ai/claude-code', version),
});

/** The folder that the command is in; installs it first if it is not there. Throws with npm's words where that fails. */
export function installPackage(command: string, name: string, version: string): string {
  const cache = cacheFolder();
  const folder = path.join(cache, `${command}-${version}`);
  const bin = path.join(folder, 'node_modules', '.bin');
  if (existsSync(path.join(bin, command))) return bin;
  mkdirSync(cache, { recursive: true });
  // In a folder beside it and then renamed, so that a broken installation is never taken for a whole one.
  const parts = mkdtempSync(path.join(cache, '.installing-'));
  try {
    writeFileSync(path.join(parts, 'package.json'), '{"private":true}');
    // Newer versions bring a native program as an optional dependency, and name a Node that they do not use.
    const args = [
      'install',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      '--engine-strict=false',
      '--include=optional',
    ];
    const npm = spawnSync('npm', [...args, `${name}@${version}`], {
      cwd: parts,
      encoding: 'utf8',
    });
    if (npm.status !== 0)
      throw new Error((npm.stderr || npm.error?.message || `npm ended with ${npm.status}`).trim());
    rmSync(folder, { recursive: true, force: true });
    renameSync(parts, folder);
  } finally {
    rmSync(parts, { recursive: true, force: true });
  }
  return bin;
}
