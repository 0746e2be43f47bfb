// Which version is installed: from the package, or by asking the program.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { installedVersion } from './version.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'clew-opencode-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const version = (bin: string): Promise<string | undefined> =>
  installedVersion({
    env: { PATH: bin },
    home: folder,
    clewHome: folder,
    cwd: folder,
    machine: 'm',
    now: Date.now,
  });

function program(file: string, words: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho '${words}'\n`);
  chmodSync(file, 0o755);
}

test('the package says it, behind the link that npm makes', async () => {
  const own = path.join(folder, 'node_modules', 'opencode-ai');
  program(path.join(own, 'bin', 'opencode'), 'is not asked');
  writeFileSync(path.join(own, 'package.json'), '{"name":"opencode-ai","version":"1.18.33"}');
  const bin = path.join(folder, 'node_modules', '.bin');
  mkdirSync(bin);
  symlinkSync('../opencode-ai/bin/opencode', path.join(bin, 'opencode'));
  expect(await version(bin)).toBe('1.18.33');
});

test('a program without a package is asked; where there is none, nothing is known', async () => {
  program(path.join(folder, '.opencode', 'bin', 'opencode'), '1.2.20');
  expect(await version('/nowhere')).toBe('1.2.20');
  rmSync(path.join(folder, '.opencode'), { recursive: true });
  expect(await version('/nowhere')).toBeUndefined();
});
