// What every adapter must hold that puts clew's server, or commands of clew, among an agent's own things: nothing of the
// user's is changed, a second time changes nothing, and taking out gives back the bytes.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { AgentAdapter, AgentMcp, Context } from '../../../model/index.ts';
import { planOwnFile, planOwnRemoval, removeOwnFile, writeOwnFile } from '../own-files.ts';

function context(): Context {
  const home = mkdtempSync(path.join(os.tmpdir(), "clew it's-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const clewHome = path.join(home, 'clew-home');
  return { env: {}, home, clewHome, cwd: home, machine: 'here', now: () => 1_800_000_000_000 };
}

const server = { command: ['/opt/node', '/opt/clew/bin/clew.mjs', 'mcp'], env: { CLEW_HOME: "/o'ther" } };

/** Settings as users write them, in the form that the file's name tells. */
const settings = (file: string): string =>
  file.endsWith('.toml')
    ? '# mine\nmodel = "x"\n\n[mcp_servers.other]\ncommand = "other"\n'
    : '{\n\t// mine\n\t"theme": "dark", "list": [1,2]\n}\n';

const write = (file: string, text: string): void => {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
};
const read = (file: string): string | undefined =>
  existsSync(file) ? readFileSync(file, 'utf8') : undefined;

export function describeEquipment(adapter: AgentAdapter): void {
  const { mcp, title } = adapter;
  describe.runIf(mcp)(`${title} is told of the server`, () => {
    if (mcp) testMcp(mcp);
  });
  describe.runIf('commandFiles' in adapter)(`${title} has commands of its own`, () => {
    testCommands((context, project) => adapter.commandFiles?.(context, project) ?? []);
  });
}

function testMcp(mcp: AgentMcp): void {
  const install = (where: Context) => {
    const plan = mcp.plan(where, server);
    mcp.install(plan, where);
    return plan;
  };
  const uninstall = (where: Context) => mcp.uninstall(mcp.planRemoval(where), where);

  test('where there are no settings, and they are gone again afterwards', () => {
    const here = context();
    const { file } = install(here);
    expect(path.relative(here.home, file)).not.toMatch(/^\.\./);
    expect(read(file)).toContain('clew.mjs');
    expect(read(file)).toContain("/o'ther");
    uninstall(here);
    expect(existsSync(file)).toBe(false);
    expect(existsSync(path.dirname(file)) && path.dirname(file) !== here.home).toBe(false);
  });

  test('beside what is there, once, and the bytes are given back', () => {
    const here = context();
    const { file } = mcp.plan(here, server);
    write(file, settings(file));
    install(here);
    const once = read(file);
    expect(once).toContain('clew.mjs');
    expect(install(here)).toMatchObject({ before: once, after: once, warnings: [] });
    const moved = { ...server, command: ['/new/node', '/new/clew.mjs', 'mcp'] };
    mcp.install(mcp.plan(here, moved), here);
    expect(read(file)?.match(/clew\.mjs/g)).toHaveLength(1);
    expect(read(file)).toContain('/new/clew.mjs');
    uninstall(here);
    expect(read(file)).toBe(settings(file));
  });

  test('and only that is taken out where the user has edited the file since', () => {
    const here = context();
    const { file } = mcp.plan(here, server);
    write(file, settings(file));
    install(here);
    const mine = (text: string): string => text.replace('mine', 'mine, and newer');
    write(file, mine(read(file) ?? ''));
    uninstall(here);
    expect(read(file)).toBe(mine(settings(file)));
  });

  test('but never in the place of another server of that name', () => {
    const here = context();
    const { file, after } = mcp.plan(here, server);
    const other = (after ?? '')
      .replaceAll('clew.mjs', 'thread.mjs')
      .replace('/opt/clew', '/opt')
      .replace(/"mcp"(?!\s*:)/, '"x"');
    write(file, other);
    expect(install(here)).toMatchObject({ warnings: [{ code: 'taken' }] });
    uninstall(here);
    expect(read(file)).toBe(other);
  });

  test('not at all where the plan is only looked at', () => {
    const here = context();
    const { file } = mcp.plan(here, server);
    expect(existsSync(file)).toBe(false);
  });

  test('of a project where it has settings of a project, in words that hold for everybody', () => {
    const here = context();
    const { file, after, warnings } = mcp.plan(here, server, path.join(here.home, 'shop'));
    expect(warnings).toHaveLength(1);
    const shop = path.join(here.home, 'shop');
    const isOwn = file.startsWith(shop) && !(after ?? '').includes('/opt/');
    expect(isOwn || after === undefined).toBe(true);
  });
}

function testCommands(filesOf: NonNullable<AgentAdapter['commandFiles']>): void {
  test('in folders of the agent, each in a file of its own', () => {
    const here = context();
    const files = filesOf(here);
    expect(files.length).toBeGreaterThan(2);
    expect(new Set(files.map((one) => one.file)).size).toBe(files.length);
    expect(files.filter(({ file }) => path.relative(here.home, file).startsWith('..'))).toEqual([]);
    expect(files.filter(({ text }) => !/clew handoff|clew checkpoint|clew search/.test(text))).toEqual([]);
    const shop = path.join(here.home, 'shop');
    expect(filesOf(here, shop).filter(({ file }) => !file.startsWith(shop))).toEqual([]);
  });

  test('which are gone again afterwards, but for one that the user has changed', () => {
    const here = context();
    const files = filesOf(here);
    for (const one of files) writeOwnFile(planOwnFile(one, here), here);
    expect(files.map(({ file }) => read(file))).toEqual(files.map(({ text }) => text));
    const [changed, ...others] = files;
    if (!changed) throw new Error('no files');
    write(changed.file, `${changed.text}\nand mine`);
    expect(planOwnFile(changed, here)).toMatchObject({ warnings: [{ code: 'changed' }] });
    const removals = files.map((one) => planOwnRemoval(one, here));
    expect(removals.flatMap((one) => one.warnings.map(({ file }) => file))).toEqual([changed.file]);
    for (const removal of removals) removeOwnFile(removal, here);
    expect(read(changed.file)).toContain('and mine');
    expect(others.filter(({ file }) => existsSync(file))).toEqual([]);
  });

  test('and one of an older clew is replaced, one of the user’s never', () => {
    const here = context();
    const [one, two] = filesOf(here);
    if (!one || !two) throw new Error('no files');
    writeOwnFile(planOwnFile({ ...one, text: 'older' }, here), here);
    writeOwnFile(planOwnFile(one, here), here);
    expect(read(one.file)).toBe(one.text);
    write(two.file, 'of the user');
    writeOwnFile(planOwnFile(two, here), here);
    removeOwnFile(planOwnRemoval(two, here), here);
    expect(read(two.file)).toBe('of the user');
  });
}
