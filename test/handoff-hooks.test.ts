// The hooks of `clew init --handoff`, run by sh as Claude Code runs them: what they print, when they print nothing, and
// that the settings come back byte for byte.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { testHome } from './support/home.ts';
import type { TestHome } from './support/home.ts';

const cutOff = '00000001-5e55-4000-8000-000000000000';
const fresh = '00000002-5e55-4000-8000-000000000000';

const record = (home: TestHome, session: string, more: object): object => ({
  sessionId: session,
  uuid: `${session.slice(0, 8)}-0000-4000-8000-000000000000`,
  timestamp: '2026-01-01T00:00:00.000Z',
  cwd: home.context.cwd,
  ...more,
});

interface Group {
  readonly matcher?: string;
  readonly hooks: readonly { readonly command: string }[];
}

async function hooked(settings: string | undefined): Promise<TestHome & { file: string; groups: Group[] }> {
  const home = testHome();
  const file = path.join(home.context.home, '.claude', 'settings.json');
  if (settings !== undefined) writeFileSync(file, settings);
  const clew = home.open();
  await clew.init({ handoff: true });
  const text = readFileSync(file, 'utf8').replace('\uFEFF', '');
  const { hooks } = JSON.parse(text) as { hooks: Record<string, Group[]> };
  return { ...home, file, groups: hooks['SessionStart'] ?? [] };
}

/** What the hook prints; clew runs from its sources here. */
function print(home: TestHome & { groups: Group[] }, matcher: string, payload: object): string {
  const command = home.groups.find((group) => group.matcher === matcher)?.hooks[0]?.command ?? 'exit 1';
  return execFileSync('sh', ['-c', command], {
    input: JSON.stringify({ hook_event_name: 'SessionStart', cwd: home.context.cwd, ...payload }),
    env: { HOME: home.context.home, PATH: process.env['PATH'] },
    encoding: 'utf8',
  });
}

const given = (printed: string): string =>
  (JSON.parse(printed) as { hookSpecificOutput: { additionalContext: string } }).hookSpecificOutput
    .additionalContext;

test.each(['\uFEFF{ "model":"opus",\r\n   "hooks" : {"SessionStart": [ ]} }', '{}', undefined])(
  'uninstalling gives back %j',
  async (settings) => {
    const home = await hooked(settings);
    expect(home.groups.map((group) => group.matcher)).toEqual([undefined, 'compact', 'startup|resume']);
    const clew = home.open();
    // Once more changes nothing, nor does an init without them.
    const installed = readFileSync(home.file, 'utf8');
    await clew.init({ handoff: true });
    await clew.init();
    expect(readFileSync(home.file, 'utf8')).toBe(installed);
    await clew.uninstall();
    expect(readdirSync(path.dirname(home.file)).includes('settings.json')).toBe(settings !== undefined);
    expect(settings === undefined || readFileSync(home.file, 'utf8') === settings).toBe(true);
  },
);

test('a session that starts after one that was cut off is given its handoff; others nothing', async () => {
  const home = await hooked('{}');
  const call = { type: 'tool_use', id: 'toolu_1', name: 'Bash', input: { command: 'make all' } };
  home.write(`-p/${cutOff}.jsonl`, [
    record(home, cutOff, { type: 'user', message: { role: 'user', content: 'Build it' } }),
    record(home, cutOff, {
      type: 'assistant',
      uuid: 'a1',
      message: { id: 'msg_1', model: 'x', role: 'assistant', content: [call], usage: {} },
    }),
  ]);
  const started = { source: 'startup', session_id: fresh };
  expect(print(home, 'startup|resume', started)).toBe('');

  const processes = path.join(home.context.home, '.claude', 'sessions');
  mkdirSync(processes);
  const file = path.join(processes, '99999999.json');
  writeFileSync(file, JSON.stringify({ pid: 99_999_999, sessionId: cutOff }));
  expect(given(print(home, 'startup|resume', started))).toContain('Was running: `make all`');
  // A folder of another project is none of its business.
  expect(print(home, 'startup|resume', { ...started, cwd: '/elsewhere' })).toBe('');
  expect(given(print(home, 'startup|resume', { source: 'resume', session_id: cutOff }))).toContain(
    'make all',
  );
  expect(given(print(home, 'compact', { source: 'compact', session_id: cutOff }))).toContain('Build it');
  // What clew does not know of, and what is no payload, is passed over in silence.
  expect(print(home, 'compact', { source: 'compact', session_id: fresh })).toBe('');
});
