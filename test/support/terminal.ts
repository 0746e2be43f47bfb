// A real terminal, which script(1) makes: keys go in, and what is shown comes out.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import type { TestProject } from './project.ts';

/** Whether there is one that makes terminals. */
export const hasScript = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes(
  'util-linux',
);

export interface Terminal {
  readonly shown: (words: string) => Promise<void>;
  readonly type: (keys: string) => void;
  readonly stop: (signal: NodeJS.Signals) => void;
  /** All that was shown, once the command has ended. */
  readonly end: () => Promise<string>;
}

/** Runs node in a terminal of 12 rows; then says how it ended, and how the terminal is set. */
export function terminalFor(project: TestProject, args: readonly string[]): Terminal {
  const words = [process.execPath, ...args].map((word) => `"${word}"`).join(' ');
  const inside = `stty rows 12 cols 70; sh -c 'echo "pid $$"; exec ${words}'; echo "ended $?"; stty -a`;
  const child = spawn('script', ['-qec', inside, '/dev/null'], {
    cwd: project.root,
    env: {
      PATH: process.env['PATH'],
      HOME: project.context.home,
      CLEW_HOME: project.context.clewHome,
      TERM: 'xterm',
      SHELL: '/bin/sh',
    },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  const waiting = new Set<() => void>();
  child.stdout.on('data', (data) => {
    text += String(data);
    for (const look of waiting) look();
  });
  return {
    shown: (words) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!text.includes(words)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    type: (keys) => void child.stdin.write(keys),
    stop: (signal) => void process.kill(Number(/pid (\d+)/.exec(text)?.[1]), signal),
    async end() {
      await once(child, 'close');
      return text;
    },
  };
}
