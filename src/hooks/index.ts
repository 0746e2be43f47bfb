// The scripts that agents call. They are plain sh and stand beside the bundle; `clew init` copies them into $CLEW_HOME,
// so that installed hooks go on working when the package moves or goes.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The script that records an event, in the sources or beside the bundle. */
export const hookScript = (): string => scriptNamed('record.sh');

/** The functions that take a checkpoint. */
export const checkpointScript = (): string => scriptNamed('checkpoint.sh');

/** What checkpoint.sh sources. */
const functions = ['lock.sh', 'rules.sh', 'contents.sh', 'repositories.sh', 'note.sh', 'store.sh'];

function scriptNamed(name: string): string {
  const places = ['', 'hooks', '../hooks'].map((place) => path.join(import.meta.dirname, place, name));
  const found = places.find((place) => existsSync(place));
  if (!found) throw new Error(`${name} is missing from this installation: ${places.join(', ')}`);
  return found;
}

/** Where `installScript` puts it. */
export const installedScript = (clewHome: string): string => path.join(clewHome, 'hooks', 'record.sh');

/** Copies the scripts into $CLEW_HOME and returns the path of the one that agents call. */
export function installScript(clewHome: string): string {
  const target = installedScript(clewHome);
  // The functions first: the script is never without them.
  for (const name of [...functions, 'checkpoint.sh'])
    install(scriptNamed(name), path.join(path.dirname(target), name));
  install(hookScript(), target);
  return target;
}

/** What git's hooks call: one tells of a commit, one adds the trailer. */
const gitScripts = ['git-commit.sh', 'git-trailer.sh'] as const;

/** Where `installGitScripts` puts one of them. */
export const installedGitScript = (clewHome: string, name: (typeof gitScripts)[number]): string =>
  path.join(clewHome, 'hooks', name);

/** Copies what git's hooks call into $CLEW_HOME. */
export function installGitScripts(clewHome: string): void {
  for (const name of gitScripts) install(scriptNamed(name), installedGitScript(clewHome, name));
}

/** A hook that runs meanwhile sees the old file or the new. */
function install(source: string, target: string): void {
  const script = readFileSync(source);
  if (existsSync(target) && readFileSync(target).equals(script)) return;
  mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 });
  const draft = `${target}.${process.pid}`;
  try {
    writeFileSync(draft, script, { flush: true });
    chmodSync(draft, 0o755);
    renameSync(draft, target);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Makes the store of checkpoints, or brings it up to date; says what went wrong, if anything did. */
export function installStore(clewHome: string): string | undefined {
  mkdirSync(clewHome, { recursive: true, mode: 0o700 });
  const { status, stderr, error } = spawnSync(
    'sh',
    ['-c', '. "$0" && clew_store_init "$1"', checkpointScript(), clewHome],
    { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] },
  );
  return status === 0 ? undefined : (error?.message ?? stderr.trim());
}
