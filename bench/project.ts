// The project that checkpoints are measured on, and the history of its changes: the same files and texts in every run.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const user = ['-c', 'user.name=u', '-c', 'user.email=u@example.org'];

export const fileName = (n: number): string => `packages/p${n % 10}/src/d${Math.floor(n / 200)}/file-${n}.ts`;

const content = (n: number): string =>
  Array.from(
    { length: 20 + (n % 60) },
    (_, line) => `export const value${line} = ${(n * 7919 + line * 104_729) % 1_000_003};\n`,
  ).join('');

/** Makes a repository with this many files, committed. */
export function makeProject(root: string, files: number, env: NodeJS.ProcessEnv): void {
  for (let n = 0; n < files; n++) {
    const file = path.join(root, fileName(n));
    if (n % 200 < 10) mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content(n));
  }
  for (const args of [
    ['init', '-q'],
    ['add', '-A'],
    [...user, 'commit', '-qm', 'x'],
  ])
    execFileSync('git', args, { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** What the n-th change writes: five files, each its first text with one line more. */
export const change = (n: number, files: number): { file: string; text: string }[] =>
  Array.from({ length: 5 }, (_, file) => {
    const index = (n * 31 + file * 4001) % files;
    return { file: fileName(index), text: `${content(index)}// ${n} ${file}\n` };
  });
