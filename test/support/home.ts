// Homes for tests: a temporary HOME with Claude Code's folders in it, and clew's own home beside it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { openClew } from '../../src/index.ts';
import type { Clew, Context } from '../../src/index.ts';

export interface TestHome {
  readonly context: Context;
  readonly projects: string;
  /** Writes a file below `projects`; lines are ended by \n, objects become JSON. */
  write(name: string, lines: readonly (string | object)[]): string;
  open(): Clew;
}

export function tempFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'clew-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function testHome(options: { home?: string; now?: () => number } = {}): TestHome {
  const folder = tempFolder();
  const home = options.home ?? path.join(folder, 'home');
  const projects = path.join(home, '.claude', 'projects');
  if (!options.home) mkdirSync(projects, { recursive: true });
  const context: Context = {
    env: {},
    home,
    clewHome: path.join(folder, 'clew'),
    cwd: folder,
    machine: 'test-machine',
    now: options.now ?? Date.now,
  };
  return {
    context,
    projects,
    write(name, lines) {
      const file = path.join(projects, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(
        file,
        lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''),
      );
      return file;
    },
    open() {
      const clew = openClew({ context });
      onTestFinished(() => clew.close());
      return clew;
    },
  };
}
