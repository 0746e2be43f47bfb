// The command that the user has set to be run on an alert. What was told is kept as a file for each alert in
// `$CLEW_HOME/alerts/`: whoever makes it runs the command, so that of several processes one does. It is no part of the
// index, which may be deleted at any time.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Context } from './model/index.ts';
import type { Alert } from './query/index.ts';

const usualTimeoutMs = 10_000;
/** Longer than any limit's period. */
const keptMs = 40 * 24 * 3_600_000;
/** Of what a command that failed has written. */
const mostWords = 300;

const alertsFolder = (clewHome: string): string => path.join(clewHome, 'alerts');
const fileOf = (clewHome: string, { id }: Alert): string =>
  path.join(alertsFolder(clewHome), `${createHash('sha256').update(id).digest('hex').slice(0, 32)}.json`);

const failureFile = (clewHome: string): string => path.join(alertsFolder(clewHome), 'failure.txt');

/** What became of the command when it was last run, if it failed. */
export function lastFailure(clewHome: string): string | undefined {
  try {
    return readFileSync(failureFile(clewHome), 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** Runs the command for those that it was not run for; resolves when all have ended. Never rejects; tells a reason once. */
export async function runOnce(
  context: Context,
  command: string,
  alerts: readonly Alert[],
  onFailure: (why: string) => void,
  timeoutMs = usualTimeoutMs,
): Promise<void> {
  const { clewHome } = context;
  const reasons = new Set<string>();
  const tell = (why: string): void => {
    if (!reasons.has(why)) onFailure(why);
    reasons.add(why);
  };
  try {
    mkdirSync(alertsFolder(clewHome), { recursive: true, mode: 0o700 });
    forget(context);
  } catch {
    // Then none can be claimed, which is told for each.
  }
  await Promise.all(
    alerts.map(async (alert) => {
      try {
        if (!claim(context, alert)) return;
        const why = await run(context, command, alert, timeoutMs);
        if (why === undefined) rmSync(failureFile(clewHome), { force: true });
        else {
          writeFileSync(failureFile(clewHome), `${why}\n`, { mode: 0o600 });
          tell(why);
        }
      } catch (error) {
        tell((error as Error).message);
      }
    }),
  );
}

/** One maker of a file is the one who tells. */
function claim({ clewHome, now }: Context, alert: Alert): boolean {
  const file = fileOf(clewHome, alert);
  try {
    writeFileSync(file, `${JSON.stringify(alert)}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  utimesSync(file, now() / 1000, now() / 1000);
  return true;
}

/** Removes what is too old to be met again. */
function forget({ clewHome, now }: Context): void {
  for (const name of readdirSync(alertsFolder(clewHome))) {
    const file = path.join(alertsFolder(clewHome), name);
    if (statSync(file).mtimeMs < now() - keptMs) rmSync(file, { force: true });
  }
}

/** Why it failed; undefined where it did not. */
function run(
  { clewHome, env }: Context,
  command: string,
  alert: Alert,
  timeoutMs: number,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    // In a group of its own, so that a shell that hangs is ended together with what it waits for.
    const child = spawn(command, {
      shell: true,
      detached: process.platform !== 'win32',
      cwd: clewHome,
      env: { ...env, ...variables(alert) },
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    let words = '';
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      end(child);
    }, timeoutMs);
    const finish = (why: string | undefined): void => {
      clearTimeout(timer);
      child.stderr.destroy();
      resolve(why);
    };
    child.stdin.on('error', () => {
      // It need not read.
    });
    child.stdin.end(`${JSON.stringify(alert)}\n`);
    child.stderr.on('data', (chunk: Buffer) => {
      words = (words + chunk.toString()).slice(-mostWords);
    });
    child.on('error', (error) => finish(error.message));
    child.on('exit', (code, signal) => {
      // What it left in the background may hold on to stderr.
      const done = (): void =>
        finish(isLate ? `it was ended after ${timeoutMs / 1000} seconds` : reason(code, signal, words));
      const patience = setTimeout(done, 200);
      child.stderr.on('close', () => {
        clearTimeout(patience);
        done();
      });
    });
  });
}

function reason(code: number | null, signal: string | null, words: string): string | undefined {
  if (code === 0) return undefined;
  const what = code === null ? `it was ended by ${signal}` : `exit code ${code}`;
  const last = words.trim();
  return last === '' ? what : `${what}: ${last}`;
}

function end(child: ChildProcess): void {
  try {
    if (child.pid !== undefined && process.platform !== 'win32') process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    // It has just ended.
  }
}

const variables = (alert: Alert): Record<string, string> =>
  Object.fromEntries(
    Object.entries(alert).map(([name, value]) => [`CLEW_ALERT_${name.toUpperCase()}`, String(value ?? '')]),
  );
