// The one place that starts git. It works on clew's own object store, with nothing of the user's repository but what it
// is told, and with none of the user's git environment.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ClewError } from '../model/index.ts';

export const storeFolder = (clewHome: string): string => path.join(clewHome, 'objects.git');

/** The environment without what git hooks and aliases set for their own repository. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  return { ...Object.fromEntries(kept), GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' };
}

export interface GitOptions {
  readonly input?: Uint8Array;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface GitRun {
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Runs git and gives back what came of it, whatever it was. Throws NO_GIT where there is no git. */
export function tryGit(args: readonly string[], options: GitOptions = {}): GitRun {
  const { env, ...how } = options;
  const done = spawnSync('git', args, {
    ...how,
    env: { ...cleanEnvironment(), ...env },
    maxBuffer: 1 << 30,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  if (done.error) {
    if ((done.error as NodeJS.ErrnoException).code !== 'ENOENT') throw done.error;
    // A folder that is gone looks the same as a git that is; git itself would fail there.
    if (how.cwd !== undefined && !existsSync(how.cwd))
      return { status: 128, stdout: Buffer.alloc(0), stderr: `fatal: the folder ${how.cwd} is not there` };
    throw new ClewError('NO_GIT', 'git was not found', 'install git; checkpoints are kept by it');
  }
  return { status: done.status ?? -1, stdout: done.stdout, stderr: done.stderr.toString() };
}

/** Runs git; a failure is a GIT_FAILED with git's own words. */
export function git(args: readonly string[], options: GitOptions = {}): Buffer {
  const { status, stdout, stderr } = tryGit(args, options);
  if (status === 0) return stdout;
  const words = stderr.trim().split('\n').slice(-3).join(' ');
  throw new ClewError('GIT_FAILED', `git ${args.find((one) => !one.startsWith('-')) ?? ''}: ${words}`, hint);
}

const hint = '`clew doctor` looks at the object store';

/** What `-z` gives, each part as it is: names are bytes. */
export function nulSeparated(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(0, at);
    parts.push(bytes.subarray(at, end < 0 ? bytes.length : end));
    at = end < 0 ? bytes.length : end + 1;
  }
  return parts;
}
