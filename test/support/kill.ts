// Imports a home in a process that is killed at a random moment, again and again until one run gets through.
import { spawn } from 'node:child_process';
import path from 'node:path';

const program = path.join(import.meta.dirname, 'import-once.ts');

/** How often one home's import is killed at most. */
const mostTimes = 8;

/** Ends the import after `afterMs` with SIGKILL; true if it had ended by itself before. */
export function importAndKill(home: string, clewHome: string, afterMs: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program], {
      env: { ...process.env, TEST_HOME: home, TEST_CLEW: clewHome },
      stdio: 'ignore',
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), afterMs);
    child.on('error', reject);
    child.on('exit', (code) => {
      clearTimeout(timer);
      resolve(code === 0);
    });
  });
}

/**
 * Kills imports until `kills` of them died, growing nothing; moments are spread over a run's whole length. `onKill` may
 * look at what is there after each.
 */
export async function killRepeatedly(
  home: string,
  freshClewHome: (n: number) => string,
  kills: number,
  random: () => number,
  onKill: (clewHome: string) => void,
): Promise<void> {
  const started = performance.now();
  await importAndKill(home, freshClewHome(0), 600_000);
  const whole = performance.now() - started;
  let round = 1;
  for (let killed = 0; killed < kills; round++) {
    const clewHome = freshClewHome(round);
    // One home is killed several times over, so that each start finds another's remains; on a busy machine none gets through.
    for (let done = false, times = 0; !done && killed < kills && times < mostTimes; times++) {
      done = await importAndKill(home, clewHome, whole * (0.15 + random() * 0.85));
      if (!done) killed++;
    }
    await importAndKill(home, clewHome, 600_000);
    onKill(clewHome);
  }
}
