// `clew init --mcp --commands` and `clew uninstall`, with every agent at once, as a user calls them.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { HookReport } from '../src/index.ts';
import { tempFolder } from './support/home.ts';
import { program } from './support/program.ts';

const run = promisify(execFile);

/** A user of all four agents, with settings of their own. */
function user() {
  const home = tempFolder();
  const own: Record<string, string> = {
    '.claude.json': '{"numStartups":3,"mcpServers":{"other":{"command":"other"}}}',
    '.claude/settings.json': '{ "theme": "dark" } // mine\n',
    '.codex/config.toml': 'model = "x"\n',
    '.gemini/settings.json': '{\n\t"ui": {}\n}\n',
    '.config/opencode/opencode.json': '{\r\n  "model": "y", // mine\r\n}\r\n',
    '.claude/commands/clew-history.md': 'of the user',
  };
  for (const [name, text] of Object.entries(own)) {
    mkdirSync(path.dirname(path.join(home, name)), { recursive: true });
    writeFileSync(path.join(home, name), text);
  }
  mkdirSync(path.join(home, '.local', 'share', 'opencode', 'storage'), { recursive: true });
  const env = { PATH: process.env['PATH'], HOME: home, CLEW_HOME: path.join(home, 'clew') };
  const clew = async (...args: string[]): Promise<string> =>
    (await run(process.execPath, [program, ...args], { env, cwd: home })).stdout;
  /** All files and folders but clew's own. */
  const files = (): Record<string, string> =>
    Object.fromEntries(
      readdirSync(home, { recursive: true, withFileTypes: true })
        .map((entry) => [entry, path.relative(home, path.join(entry.parentPath, entry.name))] as const)
        .filter(([, name]) => !`${name}/`.startsWith('clew/'))
        .toSorted(([, a], [, b]) => (a < b ? -1 : 1))
        .map(([entry, name]) =>
          entry.isFile() ? [name, readFileSync(path.join(home, name), 'utf8')] : [`${name}/`, 'folder'],
        ),
    );
  return { home, clew, files };
}
const changed = (report: string): string[] =>
  (JSON.parse(report) as HookReport).files
    .filter((file) => file.changed)
    .map((file) => path.basename(file.path));

test(
  'all that was put in is taken out again, byte for byte, hooks in the same files too',
  { timeout: 120_000 },
  async () => {
    const { clew, files, home } = user();
    const before = files();
    await clew('init', '--mcp', '--commands', '--dry-run');
    expect(files()).toEqual(before);

    await clew('init');
    const first = await clew('init', '--mcp', '--commands', '--json');
    expect(changed(first)).toEqual(
      expect.arrayContaining([
        '.claude.json',
        'config.toml',
        'settings.json',
        'opencode.json',
        'resume.toml',
      ]),
    );
    expect((JSON.parse(first) as HookReport).warnings).toEqual([
      `${path.join(home, '.claude/commands/clew-history.md')} is not as clew wrote it, and is left as it is`,
      'clew is not on the path, and agents call it by its name',
    ]);
    const equipped = files();
    expect(equipped['.gemini/settings.json']).toMatch(/record\.sh[^]*"mcpServers"/);
    expect(equipped['.claude.json']).toContain('"other"');
    for (const name of [
      '.claude.json',
      '.codex/config.toml',
      '.gemini/settings.json',
      '.config/opencode/opencode.json',
    ])
      expect(equipped[name]).toContain('clew.mjs');
    expect(changed(await clew('init', '--mcp', '--commands', '--json'))).toEqual([]);
    expect(files()).toEqual(equipped);

    await clew('uninstall');
    expect(files()).toEqual(before);
  },
);

test('of folders that it made none stays, in whatever order they came', { timeout: 120_000 }, async () => {
  const { home, clew, files } = user();
  for (const name of ['.claude', '.codex', '.gemini', '.config', '.local', '.claude.json'])
    rmSync(path.join(home, name), { recursive: true });
  for (const order of [
    [['init'], ['init', '--mcp', '--commands']],
    [['init', '--mcp', '--commands'], ['init']],
  ]) {
    for (const words of order) await clew(...words);
    expect(Object.keys(files())).toContain('.claude/commands/');
    await clew('uninstall');
    expect(files()).toEqual({});
  }
});

test('the registered words start the server', { timeout: 60_000 }, async () => {
  const { clew, files } = user();
  await clew('init', '--mcp');
  const { mcpServers } = JSON.parse(files()['.claude.json'] ?? '') as {
    mcpServers: { clew: { command: string; args: string[]; env: Record<string, string> } };
  };
  const { command, args, env } = mcpServers.clew;
  expect([existsSync(command), args.map((one) => path.isAbsolute(one) && existsSync(one)), args[1]]).toEqual([
    true,
    [true, false],
    'mcp',
  ]);
  expect(Object.keys(env)).toEqual(['CLEW_HOME']);
});

test('of a project, its own files get them, which are for everybody', { timeout: 60_000 }, async () => {
  const { clew, files, home } = user();
  const before = files();
  mkdirSync(path.join(home, 'shop'));
  const report = JSON.parse(
    await clew('init', '--mcp', '--commands', '--project', 'shop', '--json'),
  ) as HookReport;
  const made = Object.keys(files()).filter((name) => !(name in before) && name !== 'shop/');
  expect(made).toEqual(expect.arrayContaining(['shop/.mcp.json', 'shop/.claude/skills/clew/SKILL.md']));
  expect(made.filter((name) => !name.startsWith('shop/'))).toEqual([]);
  expect(report.warnings.join('\n')).toContain('is for everybody who works on the project');
  expect(files()['shop/.mcp.json']).toContain('"command": "clew"');
  await clew('uninstall', '--project', 'shop');
  expect(files()).toEqual({ ...before, 'shop/': 'folder' });
});

test(
  'settings of one agent that cannot be read leave those of all as they are',
  { timeout: 60_000 },
  async () => {
    const { clew, files, home } = user();
    writeFileSync(path.join(home, '.gemini/settings.json'), '{ torn');
    const before = files();
    await expect(clew('init', '--mcp', '--commands')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('.gemini/settings.json') as string,
    });
    expect(files()).toEqual(before);
  },
);

test('they hook nothing, so what belongs to hooks is refused beside them', async () => {
  const { clew } = user();
  await expect(clew('init', '--mcp', '--handoff')).rejects.toMatchObject({ code: 2 });
});
