// Whole commands, run as users run them: a process, a home folder with transcripts, a home of clew's own.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { tempFolder } from '../../test/support/home.ts';
import { program } from '../../test/support/program.ts';

const session = '3f2a9c1e-0000-4000-8000-000000000001';

interface Home {
  readonly folder: string;
  readonly transcript: string;
  start(args: readonly string[], env?: Readonly<Record<string, string>>): ChildProcess;
  run(...args: string[]): Promise<{ out: string; err: string; code: number | null }>;
}

const record = (n: number, fields: object): string =>
  `${JSON.stringify({ sessionId: session, uuid: `u${n}`, parentUuid: n === 1 ? null : `u${n - 1}`, timestamp: `2025-11-12T14:0${n}:00.000Z`, cwd: '/home/me/app', version: '2.1.0', gitBranch: 'main', userType: 'external', ...fields })}\n`;

const usage = {
  input_tokens: 10,
  output_tokens: 20,
  cache_read_input_tokens: 100,
  cache_creation_input_tokens: 5,
};
const assistant = (id: string, content: readonly object[]): object => ({
  type: 'assistant',
  message: { id, role: 'assistant', model: 'claude-opus-4-5', stop_reason: 'end_turn', usage, content },
});
const lines = [
  record(1, { type: 'user', message: { role: 'user', content: 'Fix the login \u001B[2J漢字' } }),
  record(
    2,
    assistant('msg_1', [{ type: 'tool_use', id: 'toolu_01', name: 'Bash', input: { command: 'npm test' } }]),
  ),
  record(3, {
    type: 'user',
    message: {
      role: 'user',
      content: [
        { type: 'tool_result', tool_use_id: 'toolu_01', is_error: true, content: 'Exit code 1\nboom' },
      ],
    },
  }),
  record(4, assistant('msg_2', [{ type: 'text', text: 'The test fails.' }])),
];

function makeHome(content: readonly string[] = lines): Home {
  const folder = tempFolder();
  const transcript = path.join(folder, '.claude', 'projects', '-home-me-app', `${session}.jsonl`);
  mkdirSync(path.dirname(transcript), { recursive: true });
  if (content.length > 0) writeFileSync(transcript, content.join(''));
  const start: Home['start'] = (args, env = {}) => {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        CLEW_HOME: path.join(folder, 'clew'),
        TMPDIR: folder,
        TZ: 'UTC',
        COLUMNS: '80',
        ...env,
      },
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    return child;
  };
  return {
    folder,
    transcript,
    start,
    async run(...args) {
      const child = start(args);
      const [out, err, [code]] = await Promise.all([
        textOf(child.stdout),
        textOf(child.stderr),
        once(child, 'close') as Promise<[number | null]>,
      ]);
      return { out, err, code };
    },
  };
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = '';
  for await (const chunk of stream ?? []) text += String(chunk);
  return text;
}

test('sessions: a table for people, an array for scripts', async () => {
  const home = makeHome();
  const shown = await home.run('sessions');
  expect(shown).toMatchObject({ code: 0, err: '' });
  expect(shown.out).toContain('3f2a9c1e');
  expect(shown.out).toContain('Fix the login ␛[2J漢字');
  const { out } = await home.run('sessions', '--json');
  expect(JSON.parse(out)).toMatchObject([{ id: session, turns: 1, operations: 1, errors: 1 }]);
  expect(await home.run('sessions', '--project', 'elsewhere', '--json')).toEqual({
    out: '[]\n',
    err: '',
    code: 0,
  });
});

test('log and show: a session, its turn, its operation', async () => {
  const home = makeHome();
  const log = await home.run('log');
  expect(log.code).toBe(0);
  expect(log.out).toContain('14:01  ❯ Fix the login ␛[2J漢字');
  expect(log.out).toContain('✗ Bash npm test  failed');
  expect(log.out).not.toContain('\u001B');
  const detail = await home.run('show', '3f2a');
  expect(detail.out).toMatch(/^session +3f2a9c1e-0000/m);
  expect((await home.run('show', 'toolu_01')).out).toMatch(/^status +failed$/m);
  expect((await home.run('show', 'u1')).out).toContain('Turn 1 of Fix the login');
  const timeline = JSON.parse((await home.run('log', '--json', '--kind', 'prompt,error')).out) as {
    entries: { kind: string }[];
  };
  expect(timeline.entries.map((entry) => entry.kind)).toEqual(['prompt', 'operation']);
});

test('search, files, export, verify, reindex, doctor, overview', async () => {
  const home = makeHome();
  expect((await home.run('search', 'boom')).out).toContain('«boom»');
  expect((await home.run('files')).err).toBe('no changes match\n');
  const file = path.join(home.folder, 'out.jsonl');
  expect(await home.run('export', '3f2a', '--output', file)).toMatchObject({ code: 0, out: '' });
  expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(lines.length + 1);
  expect((await home.run('verify')).out).toContain('all as they were written');
  expect(JSON.parse((await home.run('reindex', '--json')).out)).toMatchObject({ streams: 1, lines: 4 });
  expect((await home.run('doctor')).out).toContain('not installed');
  expect((await home.run()).out).toContain('1 session');
});

test('import says what it took in; start looks everywhere; nothing found says where it looked', async () => {
  const home = makeHome();
  expect((await home.run('import')).out).toMatch(/^Took in 4 records/);
  expect((await home.run('import')).out).toBe('Nothing new in 1 source.\n');
  expect((await home.run('start')).out).toContain('Next: `clew log`');
  const empty = makeHome([]);
  const { out, code } = await empty.run('start');
  expect(code).toBe(0);
  expect(out).toContain('~/.claude');
  expect(out).toContain('npm run demo');
});

test('init and uninstall: a diff first, and the file of before afterwards', async () => {
  const home = makeHome();
  const settings = path.join(home.folder, '.claude', 'settings.json');
  writeFileSync(settings, '{ "model": "opus" }');
  const { out } = await home.run('init', '--dry-run');
  expect(out).toContain('+++ ~/.claude/settings.json');
  expect(readFileSync(settings, 'utf8')).toBe('{ "model": "opus" }');
  expect((await home.run('init', '--yes')).out).toContain('~/.claude/settings.json: changed');
  expect(readFileSync(settings, 'utf8')).toContain('record.sh');
  expect((await home.run('uninstall')).code).toBe(0);
  expect(readFileSync(settings, 'utf8')).toBe('{ "model": "opus" }');
});

test('failures: one line and a hint on stderr, nothing on stdout, and the exit code', async () => {
  const home = makeHome();
  expect(await home.run('show', 'zzz')).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringMatching(/^clew: .*"zzz"\n {6}\S/),
  });
  const asJson = await home.run('show', 'zzz', '--json');
  expect(JSON.parse(asJson.err)).toMatchObject({ error: { code: 'NOT_FOUND' } });
  expect(asJson).toMatchObject({ code: 1, out: '' });
  expect(await home.run('sesions')).toEqual({
    code: 2,
    out: '',
    err: 'clew: unknown command "sesions"\n      did you mean `clew sessions`?\n',
  });
  expect(await home.run('--jsom')).toMatchObject({
    code: 2,
    err: expect.stringContaining('did you mean --json?'),
  });
  expect(existsSync(path.join(home.folder, 'clew', 'index.db-journal'))).toBe(false);
});

test('help and version need no home', async () => {
  const home = makeHome([]);
  expect((await home.run('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect((await home.run('--help')).out).toContain('Usage: clew');
  expect((await home.run('log', '--help')).out).toContain('clew log --follow');
  expect((await home.run('completion', 'fish')).out).toContain('clew complete');
  expect(existsSync(path.join(home.folder, 'clew'))).toBe(false);
});

test('colour where it is forced, none where it is not wanted', async () => {
  const home = makeHome();
  const coloured = home.start(['sessions'], { FORCE_COLOR: '1' });
  expect(await textOf(coloured.stdout)).toContain('\u001B[33m3f2a9c1e');
  const plain = home.start(['sessions'], { FORCE_COLOR: '1', NO_COLOR: '1' });
  expect(await textOf(plain.stdout)).not.toContain('\u001B');
});

test('a reader that stops reading is no failure', async () => {
  const many = Array.from({ length: 2000 }, (_, i) =>
    record(4, {
      type: 'user',
      uuid: `p${i}`,
      message: { role: 'user', content: `prompt ${i} ${'x'.repeat(100)}` },
    }),
  );
  const home = makeHome([...lines, ...many]);
  await home.run('import');
  const child = home.start(['log']);
  const err = textOf(child.stderr);
  await once(child.stdout!, 'readable');
  child.stdout!.destroy();
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(await err).toBe('');
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  'log --follow shows what comes, and ends cleanly at %s',
  async (signal) => {
    const home = makeHome();
    await home.run('import');
    const child = home.start(['log', '--follow', '--json']);
    let out = '';
    child.stdout!.on('data', (chunk) => (out += String(chunk)));
    await expect.poll(() => out, { timeout: 15_000 }).toContain('The test fails.');
    appendFileSync(
      home.transcript,
      record(5, assistant('msg_3', [{ type: 'text', text: 'Now it passes.' }])),
    );
    await expect.poll(() => out, { timeout: 15_000 }).toContain('Now it passes.');
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([0, null]);
    const entries = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string });
    expect(entries.map((entry) => entry.kind)).toEqual(['prompt', 'operation', 'answer', 'answer']);
  },
);
