// clew's own checkpoint, as its hooks take it: one sh.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { checkpointScript, installStore } from '../../src/hooks/index.ts';
import { tend } from '../../src/workspace/tend.ts';
import { copyStore, type OwnEffort, type Store } from './outcome.ts';
import { traceGit } from './trace.ts';

export interface Own {
  take(): void;
  /** What each one took but the first, which takes in the whole project. */
  efforts(): OwnEffort[];
  copy(name: string): Promise<Store>;
}

export function openOwn(folder: string, work: string): Own {
  const home = path.join(folder, 'clew');
  mkdirSync(home);
  installStore(home);
  const trace = traceGit(home);
  const moments: [number, number][] = [];
  const env = {
    ...process.env,
    PATH: `${trace.bin}:${process.env['PATH']}`,
    HOME: folder,
    CLEW_BUDGET_MS: '60000',
  };
  return {
    take() {
      const started = now();
      execFileSync('sh', ['-c', '. "$0" && clew_checkpoint "$1" "$2"', checkpointScript(), home, work], {
        cwd: work,
        env,
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      moments.push([started, now()]);
    },
    efforts: () =>
      trace
        .between(moments)
        .map((effort, n) => ({ ...effort, whole: moments[n]![1] - moments[n]![0] }))
        .slice(1),
    async copy(name) {
      // Packing wants the store to be in a home of its own.
      const copied = path.join(folder, `clew-${name}`);
      const gitDir = path.join(copied, 'objects.git');
      await copyStore(path.join(home, 'objects.git'), gitDir);
      return { gitDir, pack: () => tend(copied, { wait: true }) };
    },
  };
}

/** On the clock that git's trace tells. */
const now = (): number => performance.timeOrigin + performance.now();
