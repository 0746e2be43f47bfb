// Installing and removing on real files, in a home of its own.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Context } from '../../../model/context.ts';
import { hooks } from './index.ts';

let context: Context;
let config: string;
let file: string;
beforeEach(() => {
  const home = mkdtempSync(path.join(os.tmpdir(), "clew it's-"));
  const clewHome = path.join(home, 'clew');
  context = { env: {}, home, clewHome, cwd: home, machine: 'here', now: () => 1_800_000_000_000 };
  config = path.join(home, '.codex', 'config.toml');
  file = path.join(home, '.codex', 'hooks.json');
  mkdirSync(path.dirname(config));
});
afterEach(() => rmSync(context.home, { recursive: true, force: true }));

const script = (): string => path.join(context.clewHome, 'hooks', 'record.sh');
const plan = (version: string | undefined, project?: string) =>
  hooks.planInstall({
    context,
    version,
    script: script(),
    spool: path.join(context.clewHome, 'spool'),
    ...(project !== undefined && { project }),
  });
const install = (version: string | undefined) => hooks.install(plan(version), context);
const uninstall = () => hooks.uninstall(hooks.planUninstall(context), context);
const codes = (version: string | undefined) => plan(version).warnings.map((one) => one.code);

describe('a version with hooks', () => {
  test('gets them in hooks.json, beside those of others, and gives back the bytes', () => {
    const before = '{ "hooks": { "Stop": [ {"hooks": [{"type":"command","command":"say done"}]} ] } }';
    writeFileSync(file, before);
    install('0.169.0');
    const told = JSON.parse(readFileSync(file, 'utf8')) as {
      hooks: Record<string, { hooks: { command: string }[] }[]>;
    };
    expect(told.hooks['Stop']?.map((group) => group.hooks[0]?.command)).toEqual([
      'say done',
      expect.stringContaining('record.sh'),
    ]);
    expect(Object.keys(told.hooks)).toContain('PreToolUse');
    expect(Object.keys(told.hooks)).not.toContain('PreModelRequest');
    expect(existsSync(config)).toBe(false);
    uninstall();
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test('is said to need the trust of the user, until all are trusted as they are', () => {
    expect(plan('0.169.0').warnings[0]?.message).toContain('trusted');
    install('0.169.0');
    expect(codes('0.169.0')).toEqual(['trust']);
    const keys = plan('0.169.0').present.map((event) =>
      event.replaceAll(/(?<=[a-z])[A-Z]/g, '_$&').toLowerCase(),
    );
    const trust = (key: string): string => `[hooks.state."${file}:${key}:0:0"]\ntrusted_hash = "sha256:1"\n`;
    writeFileSync(config, keys.slice(1).map(trust).join('\n'));
    expect(codes('0.169.0')).toEqual(['trust']);
    writeFileSync(config, keys.map(trust).join('\n'));
    expect(codes('0.169.0')).toEqual([]);
  });

  test('that is not known is taken for one', () => {
    expect(plan(undefined).file).toBe(file);
  });

  test('of a project there are none', () => {
    const { before, after, warnings } = plan('0.169.0', context.home);
    expect([before, after, warnings[0]?.code]).toEqual([undefined, undefined, 'user']);
  });
});

describe('a version without hooks', () => {
  test('gets a notify as the first line, and gives back the bytes', () => {
    const before = 'model = "x"\n[profiles.a]\nnotify = "no"\n';
    writeFileSync(config, before);
    install('0.47.0');
    const [first, ...rest] = readFileSync(config, 'utf8').split('\n');
    expect(first).toMatch(/^notify = \["sh","-c",/);
    expect(rest.join('\n')).toBe(before);
    install('0.47.0');
    expect(readFileSync(config, 'utf8')).toBe(`${first}\n${before}`);
    uninstall();
    expect(readFileSync(config, 'utf8')).toBe(before);
    expect(existsSync(file)).toBe(false);
  });

  test('keeps a notify of its own', () => {
    const before = 'model = "x"\nnotify = ["say"]\n';
    writeFileSync(config, before);
    expect(codes('0.47.0')).toEqual(['taken']);
    install('0.47.0');
    uninstall();
    expect(readFileSync(config, 'utf8')).toBe(before);
  });

  test('has no file left where it had none', () => {
    install('0.47.0');
    uninstall();
    expect(existsSync(config)).toBe(false);
  });

  test('its notify hands what Codex says to the hook script', () => {
    install('0.47.0');
    mkdirSync(path.dirname(script()), { recursive: true });
    writeFileSync(script(), `cat > '${path.join(context.home.replaceAll("'", String.raw`'\''`), 'got')}'`);
    const words = JSON.parse(/^notify = (.*)$/m.exec(readFileSync(config, 'utf8'))?.[1] ?? '[]') as string[];
    const [program = '', ...args] = words;
    spawnSync(program, [...args, '{"type":"agent-turn-complete"}']);
    expect(readFileSync(path.join(context.home, 'got'), 'utf8')).toBe('{"type":"agent-turn-complete"}');
  });

  test('that got hooks since gives up its notify', () => {
    install('0.47.0');
    install('0.169.0');
    expect([existsSync(config), existsSync(file)]).toEqual([false, true]);
    uninstall();
    expect([existsSync(config), existsSync(file)]).toEqual([false, false]);
  });
});
