// Everything that clew takes from its surroundings: environment, home folder, clock. Passed in, so that tests need no
// mocks and no global is read twice.
import os from 'node:os';
import path from 'node:path';

export interface Context {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's home folder. */
  readonly home: string;
  /** $CLEW_HOME: where streams, spool and index live. */
  readonly clewHome: string;
  readonly cwd: string;
  readonly machine: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The surroundings of this process. */
export function systemContext(env: Readonly<Record<string, string | undefined>> = process.env): Context {
  const home = env['HOME'] || os.homedir();
  return {
    env,
    home,
    clewHome: path.resolve(env['CLEW_HOME'] || defaultHome(env, home)),
    cwd: process.cwd(),
    machine: os.hostname(),
    now: Date.now,
  };
}

function defaultHome(env: Readonly<Record<string, string | undefined>>, home: string): string {
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'clew');
  if (process.platform === 'win32')
    return path.join(env['LOCALAPPDATA'] || path.join(home, 'AppData', 'Local'), 'clew');
  return path.join(env['XDG_DATA_HOME'] || path.join(home, '.local', 'share'), 'clew');
}
