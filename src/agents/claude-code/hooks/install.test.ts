// Installing and removing on real files, in a home of its own.
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Context } from '../../../model/context.ts';
import { applyInstall, applyUninstall, planInstall, planUninstall } from './install.ts';

let context: Context;
let file: string;
beforeEach(() => {
  const home = mkdtempSync(path.join(os.tmpdir(), "clew it's-"));
  const clewHome = path.join(home, 'clew');
  const cwd = path.join(home, 'work');
  mkdirSync(cwd);
  context = { env: {}, home, clewHome, cwd, machine: 'here', now: () => 1_800_000_000_000 };
  file = path.join(home, '.claude', 'settings.json');
});
afterEach(() => rmSync(context.home, { recursive: true, force: true }));

const plan = (version: string | undefined = '2.1.329', project?: string) => {
  const script = path.join(context.clewHome, 'hooks', 'record.sh');
  return planInstall({ context, script, spool: path.join(context.clewHome, 'spool'), version, project });
};
const install = (version?: string, project?: string) => applyInstall(plan(version, project), context);
const uninstall = (project?: string) => applyUninstall(planUninstall(context, project), context);
const read = (at = file) => readFileSync(at, 'utf8');
function write(text: string | Buffer, at = file) {
  mkdirSync(path.dirname(at), { recursive: true });
  writeFileSync(at, text);
}

const original = '\uFEFF{ "model":"opus",\r\n   "env" : {} }';

describe('removing', () => {
  test('gives back the very bytes', () => {
    write(original);
    install();
    expect(read()).toContain('record.sh');
    uninstall();
    expect(readFileSync(file).equals(Buffer.from(original))).toBe(true);
    expect(readdirSync(path.join(context.clewHome, 'backups', 'hooks'))).toEqual([]);
  });

  test('gives them back after an update too', () => {
    write('{"hooks": {"Stop": [] } }');
    install('1.0.128');
    install('2.1.329');
    install('2.1.100');
    uninstall();
    expect(read()).toBe('{"hooks": {"Stop": [] } }');
  });

  test('deletes the file and the folder that were not there', () => {
    install();
    uninstall();
    expect(existsSync(path.dirname(file))).toBe(false);
  });

  test('leaves the folder when there is something else in it', () => {
    install();
    write('x', path.join(path.dirname(file), 'history.jsonl'));
    uninstall();
    expect(readdirSync(path.dirname(file))).toEqual(['history.jsonl']);
  });

  test('takes out only its entries when the file was touched since', () => {
    write('{\n  "model": "opus"\n}\n');
    install();
    write(read().replace('"opus"', '"sonnet"'));
    uninstall();
    expect(read()).toBe('{\n  "model": "sonnet"\n}\n');
  });

  test('keeps what was changed between two installations', () => {
    install('1.0.128');
    write(read().replace('{\n', '{\n  "model": "opus",\n'));
    install('2.1.329');
    uninstall();
    expect(JSON.parse(read())).toEqual({ model: 'opus' });
  });

  test('deletes a file that it made and that holds nothing else', () => {
    install();
    write(`${read()}\n`);
    uninstall();
    expect(existsSync(file)).toBe(false);
  });

  test('works without the backup, and twice', () => {
    write('{\n  "model": "opus"\n}\n');
    install();
    rmSync(context.clewHome, { recursive: true });
    uninstall();
    uninstall();
    expect(read()).toBe('{\n  "model": "opus"\n}\n');
  });

  test('does nothing where there is nothing', () => {
    uninstall();
    expect(existsSync(path.dirname(file))).toBe(false);
  });
});

describe('installing', () => {
  test('a plan writes nothing', () => {
    const { before, after, present, events } = plan();
    expect(before).toBeUndefined();
    expect(JSON.parse(after).hooks).toHaveProperty('PostModelSwitch');
    expect([present, events.length]).toEqual([[], 26]);
    expect(readdirSync(context.home)).toEqual(['work']);
  });

  test('twice changes nothing', () => {
    install();
    const { mtimeMs } = statSync(file);
    const again = plan();
    expect(again.after).toBe(again.before);
    expect([...again.present].sort()).toEqual([...again.events].sort());
    applyInstall(again, context);
    expect(statSync(file).mtimeMs).toBe(mtimeMs);
  });

  test('makes the spool for this user alone', () => {
    install();
    expect(statSync(path.join(context.clewHome, 'spool')).mode & 0o777).toBe(0o700);
  });

  test('keeps the mode, and writes through a link, also one that leads to no file yet', () => {
    const dotfiles = path.join(context.home, 'dotfiles.json');
    mkdirSync(path.dirname(file));
    symlinkSync('../dotfiles.json', file);
    install();
    expect(read(dotfiles)).toContain('record.sh');
    uninstall();
    expect(existsSync(dotfiles)).toBe(false);

    write('{}', dotfiles);
    chmodSync(dotfiles, 0o640);
    install();
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(statSync(dotfiles).mode & 0o777).toBe(0o640);
    expect(readdirSync(path.dirname(file))).toEqual(['settings.json']);
  });

  test('a project gets a file of its own that is not committed', () => {
    install('2.1.329', '.');
    expect(existsSync(file)).toBe(false);
    expect(read(path.join(context.cwd, '.claude', 'settings.local.json'))).toContain('record.sh');
    uninstall('.');
    expect(readdirSync(context.cwd)).toEqual([]);
  });

  test('CLAUDE_CONFIG_DIR moves the settings', () => {
    context = { ...context, env: { CLAUDE_CONFIG_DIR: path.join(context.home, 'conf') } };
    install();
    expect(read(path.join(context.home, 'conf', 'settings.json'))).toContain('record.sh');
  });

  test('the command that stands there works, with spaces and quotes in the path, and without the script', () => {
    install();
    mkdirSync(path.join(context.clewHome, 'hooks'), { recursive: true });
    const script = path.join(context.clewHome, 'hooks', 'record.sh');
    writeFileSync(script, readFileSync(path.join(import.meta.dirname, '../../../hooks/record.sh')));
    const { command } = JSON.parse(read()).hooks.Stop[0].hooks[0];
    execFileSync('/bin/sh', ['-c', command], { input: 'x' });
    expect(readdirSync(path.join(context.clewHome, 'spool'))).toHaveLength(1);
    rmSync(script);
    // Exit status 2, dash's own for a missing script, would block the agent's call. It reads no input then.
    expect(
      execFileSync('/bin/sh', ['-c', command], { stdio: ['ignore', 'pipe', 'inherit'] }).toString(),
    ).toBe('');
  });

  test('refuses what it cannot read, and what was changed under its hands, and writes nothing', () => {
    write('{"a": }');
    expect(() => plan()).toThrow(`${file}:1:7`);
    write(Buffer.from([0x7b, 0xff, 0x7d]));
    expect(() => plan()).toThrow('not UTF-8');
    write('{}');
    const planned = plan();
    write('{"a": 1}');
    expect(() => applyInstall(planned, context)).toThrow('changed just now');
    expect(read()).toBe('{"a": 1}');
    rmSync(file);
    mkdirSync(file);
    expect(() => plan()).toThrow(expect.objectContaining({ code: 'UNREADABLE' }));
  });
});

describe('warnings', () => {
  const codes = (version?: string) =>
    plan(version).warnings.map(({ code, file }) => [code, path.basename(file)]);
  const local = () => path.join(context.cwd, '.claude', 'settings.local.json');

  test('none for an ordinary installation', () => {
    write('{"hooks": {}, "disableAllHooks": false}');
    expect(codes()).toEqual([]);
  });

  test('disableAllHooks, in the strongest file that says something', () => {
    write('{"disableAllHooks": true}');
    expect(codes()).toEqual([['disabled', 'settings.json']]);
    write('{"disableAllHooks": false}', local());
    expect(codes()).toEqual([]);
    write('{"disableAllHooks": true}', local());
    expect(codes()).toEqual([['disabled', 'settings.local.json']]);
  });

  test('what makes Claude Code ignore the whole file', () => {
    write('{} // why');
    expect(codes()).toEqual([['not-json', 'settings.json']]);
    write('{"hooks": {"DirectoryAdded": []}}');
    expect(codes('2.1.329')).toEqual([]);
    expect(codes('2.1.100')).toEqual([['unknown-event', 'settings.json']]);
  });

  test('a broken file elsewhere does not stop the installation', () => {
    write('{', local());
    expect(codes()).toEqual([['unreadable', 'settings.local.json']]);
  });
});
