// clew prices, as a user runs it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { tempFolder } from '../../../test/support/home.ts';
import { program } from '../../../test/support/program.ts';

const session = '3f2a9c1e-0000-4000-8000-000000000001';
let home: string;

/** A home with a session in which a model answered that nobody knows. */
beforeEach(() => {
  home = tempFolder();
  const folder = path.join(home, '.claude', 'projects', 'app');
  mkdirSync(folder, { recursive: true });
  const lines = ['claude-opus-4-5', 'nobody-knows', 'nobody-knows'].map((model, n) =>
    JSON.stringify({
      sessionId: session,
      uuid: `u${n}`,
      timestamp: '2026-11-12T14:00:00.000Z',
      cwd: '/app',
      type: 'assistant',
      message: {
        id: `m${n}`,
        role: 'assistant',
        model,
        stop_reason: 'end_turn',
        usage: { input_tokens: 1200, output_tokens: 30 },
        content: [{ type: 'text', text: 'Done.' }],
      },
    }),
  );
  writeFileSync(path.join(folder, `${session}.jsonl`), `${lines.join('\n')}\n`);
});

function clew(...args: string[]): { out: string; err: string; code: number | null } {
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, 'prices', ...args], {
    cwd: home,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: home, CLEW_HOME: path.join(home, 'clew'), COLUMNS: '120' },
  });
  return { out: stdout, err: stderr, code: status };
}

function newer(): string {
  const prices = [{ input: 4, output: 20 }];
  const models = {
    'claude-opus-4-5': { provider: 'anthropic', prices },
    'nobody-knows': { provider: 'nobody', prices },
  };
  writeFileSync(path.join(home, 'new.json'), JSON.stringify({ format: 1, version: '9999-01-01', models }));
  return 'new.json';
}
const updated = (): boolean => existsSync(path.join(home, 'clew', 'prices.json'));

test('lists prices with where they are from, and what was met without one', () => {
  const { out } = clew();
  expect(out).toMatch(/claude-opus-4-5 +5 +25 +0\.5 +6\.25\/10 +litellm/);
  expect(out).toMatch(/gpt-5\.6-sol .* until 2026-08-01/);
  expect(out).toMatch(/nobody-knows +2 +2\.4k +60 +no price is known for this model/);
});

test('finds a model by a part of its id, or by a name that a host gives it', () => {
  expect(clew('haiku').out.match(/^claude-haiku\S*/gm)).toEqual(['claude-haiku-4-5']);
  expect(clew('openrouter/anthropic/claude-opus-4.5').out).toContain('claude-opus-4-5');
  expect(clew('no-such-model')).toMatchObject({ out: '', code: 0 });
});

test('an update shows what changes, and is taken with --yes alone where nobody can be asked', () => {
  expect(clew('update', newer())).toMatchObject({ code: 2, out: '' });
  expect(clew('update', newer(), '--json').err).toContain('--yes');
  const shown = clew('update', newer(), '--dry-run').out;
  expect(shown).toContain('~ claude-opus-4-5\n    − 5 in, 25 out');
  expect(shown).toContain('+ nobody-knows\n    + 4 in, 20 out');
  expect(shown).toContain('− gpt-5\n');
  expect(updated()).toBe(false);
  expect(clew('update', newer(), '--yes').out).toContain('Done');
  expect(updated()).toBe(true);
  expect(clew('nobody').out).toMatch(/nobody-knows +4 +20/);
  expect(clew('reset').out).toContain('Back to');
  expect(updated()).toBe(false);
});

test('what is no table is refused with its places', () => {
  writeFileSync(path.join(home, 'new.json'), '{"format": 1}');
  const { err, code } = clew('update', 'new.json', '--yes', '--json');
  expect({ code, error: JSON.parse(err) as unknown }).toMatchObject({
    code: 1,
    error: { error: { code: 'BAD_INPUT', message: expect.stringContaining('version') as string } },
  });
});

test('words and flags that mean nothing here are named', () => {
  expect(clew('update')).toMatchObject({ code: 2 });
  expect(clew('opus', 'sonnet').err).toContain('"sonnet" is one word too many');
  expect(clew('reset', '--dry-run')).toMatchObject({ code: 2 });
});
