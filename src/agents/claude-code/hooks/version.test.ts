import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Context } from '../../../model/context.ts';
import { installedVersion } from './version.ts';

let home: string;
let context: Context;
beforeEach(() => {
  home = mkdtempSync(path.join(os.tmpdir(), 'clew-version-test-'));
  const env = { PATH: `${path.join(home, 'bin')}:/usr/bin:/bin` };
  context = { env, home, clewHome: path.join(home, 'clew'), cwd: home, machine: 'here', now: Date.now };
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function put(file: string, content: string): string {
  const full = path.join(home, file);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, content);
  chmodSync(full, 0o755);
  return full;
}
function link(target: string): void {
  mkdirSync(path.join(home, 'bin'), { recursive: true });
  symlinkSync(target, path.join(home, 'bin', 'claude'));
}

test('from the package, without starting it', async () => {
  link(
    put('lib/node_modules/@anthropic-ai/claude-code/bin/claude.exe', `#!/bin/sh\n: > '${home}/started'\n`),
  );
  put(
    'lib/node_modules/@anthropic-ai/claude-code/package.json',
    '{"name":"@anthropic-ai/claude-code","version":"2.1.329"}',
  );
  expect(await installedVersion(context)).toBe('2.1.329');
  expect(existsSync(path.join(home, 'started'))).toBe(false);
});

test('from the name of a native install, on PATH or where its installer puts it', async () => {
  const binary = put('.local/share/claude/versions/2.1.150', '');
  mkdirSync(path.join(home, '.local', 'bin'), { recursive: true });
  symlinkSync(binary, path.join(home, '.local', 'bin', 'claude'));
  expect(await installedVersion(context)).toBe('2.1.150');
});

test('from its own answer, leaving nothing behind', async () => {
  put('bin/claude', `#!/bin/sh\n: > "$CLAUDE_CONFIG_DIR/trace"\necho "1.0.128 (Claude Code) $HOME"\n`);
  const before = readdirSync(os.tmpdir()).filter((name) => /^clew-version-\w{6}$/.test(name));
  expect(await installedVersion(context)).toBe('1.0.128');
  expect(readdirSync(os.tmpdir()).filter((name) => /^clew-version-\w{6}$/.test(name))).toEqual(before);
  expect(readdirSync(home)).toEqual(['bin']);
});

test('undefined when there is none, or it does not answer in time, or not with a version', async () => {
  expect(await installedVersion(context)).toBeUndefined();
  put('bin/claude', '#!/bin/sh\necho "command not found"\nexit 1\n');
  expect(await installedVersion(context)).toBeUndefined();
  put('bin/claude', '#!/bin/sh\nsleep 20 &\nsleep 20\n');
  const start = Date.now();
  expect(await installedVersion(context, 300)).toBeUndefined();
  expect(Date.now() - start).toBeLessThan(5000);
});
