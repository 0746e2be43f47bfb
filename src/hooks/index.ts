// The scripts that agents call. They are plain sh and stand beside the bundle; `clew init` copies them into $CLEW_HOME,
// so that installed hooks go on working when the package moves or goes.
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The script that records an event, in the sources or beside the bundle. */
export function hookScript(): string {
  const places = ['', 'hooks', '../hooks'].map((place) => path.join(import.meta.dirname, place, 'record.sh'));
  const found = places.find((place) => existsSync(place));
  if (!found) throw new Error(`record.sh is missing from this installation: ${places.join(', ')}`);
  return found;
}

/** Where `installScript` puts it. */
export const installedScript = (clewHome: string): string => path.join(clewHome, 'hooks', 'record.sh');

/** Copies the script into $CLEW_HOME and returns its path. A hook that runs meanwhile sees the old one or the new. */
export function installScript(clewHome: string): string {
  const target = installedScript(clewHome);
  const script = readFileSync(hookScript());
  if (existsSync(target) && readFileSync(target).equals(script)) return target;
  mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 });
  const draft = `${target}.${process.pid}`;
  try {
    writeFileSync(draft, script, { flush: true });
    chmodSync(draft, 0o755);
    renameSync(draft, target);
  } finally {
    rmSync(draft, { force: true });
  }
  return target;
}
