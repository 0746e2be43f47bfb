// Cutting conversations, on the goldens of a version that was run.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { CutPoint, Fact } from '../../model/index.ts';
import { conversation } from './conversation.ts';
import { codex } from './index.ts';

const golden = path.join(import.meta.dirname, 'golden');
const now = Date.UTC(2027, 0, 2, 3, 4, 5);
const fresh = conversation.newSession?.(now) ?? '';
const context = { env: {}, home: '/h', clewHome: '/c', cwd: '/', machine: 'm', now: () => now };

/** The first session of a version. */
function rollout(version: string): Buffer {
  const names = readdirSync(path.join(golden, version), { recursive: true, encoding: 'utf8' });
  const [name = ''] = names.filter((one) => one.includes('rollout-')).toSorted();
  return readFileSync(path.join(golden, version, name));
}

interface Line {
  readonly type: string;
  readonly timestamp: string;
  readonly payload: Record<string, unknown>;
}
const linesOf = (content: Buffer): Line[] =>
  content
    .toString()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);

const cut = (content: Buffer, point: CutPoint): Line[] =>
  linesOf(conversation.cut(content, point, fresh, '/branch').content);

const posOf = (content: Buffer, words: string): number =>
  content.lastIndexOf('\n', content.indexOf(words)) + 1;

/** What the facts of a content say, without what differs from source to source. */
function factsOf(content: Buffer): Fact[] {
  const source = { agent: 'codex', kind: 'transcript', machine: 'm', path: '/x' } as const;
  const reader = codex.reader({ ...source, session: undefined, run: undefined }, undefined);
  const facts: Fact[] = [];
  for (const [i, value] of linesOf(content).entries())
    reader.read({ value: { ...value }, pos: i, line: i + 1 }, (fact) => facts.push(fact));
  return facts;
}
const keysOf = (content: Buffer): string[] =>
  factsOf(content).flatMap((fact) => ('key' in fact ? [fact.key] : []));

const run169 = rollout('0.169.0');
const run47 = rollout('0.47.0');

test('ids are of the form that Codex has, and in order of time', () => {
  expect(fresh).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(fresh.replaceAll('-', '').slice(0, 12), 16)).toBe(now);
});

test('the file lies where Codex looks, by the day of the thread', () => {
  expect(conversation.place(context, '/branch', fresh)).toMatch(
    new RegExp(`^/h/\\.codex/sessions/2027/01/0\\d/rollout-2027-01-0\\dT\\d\\d-\\d\\d-05-${fresh}\\.jsonl$`),
  );
  const env = { CODEX_HOME: '/codex' };
  expect(conversation.place({ ...context, env }, '/branch', fresh)).toMatch(/^\/codex\/sessions\//);
  expect(conversation.command('/branch', fresh, '')).toEqual(['codex', 'resume', fresh]);
});

test('before a prompt: all that was said, and nothing of the turn that it opens', () => {
  const lines = cut(run169, { before: posOf(run169, '[[s:plan]]') });
  expect(lines.at(-1)?.payload['type']).toBe('task_complete');
  expect(lines.filter((line) => line.payload['type'] === 'task_started')).toHaveLength(1);
});

test('after a call: its result, too, and nothing of the next response', () => {
  const lines = cut(run169, {
    after: posOf(run169, '"name":"exec_command","arguments":"{\\"cmd\\":\\"cat app.py'),
  });
  const calls = lines.flatMap((line) =>
    String(line.payload['type']).endsWith('_call') ? [line.payload['call_id']] : [],
  );
  const results = lines.flatMap((line) =>
    String(line.payload['type']).endsWith('_output') ? [line.payload['call_id']] : [],
  );
  expect(new Set(results)).toEqual(new Set(calls));
  expect(JSON.stringify(lines)).not.toContain('Failing');
});

test('at a moment: the last at which nothing was half told', () => {
  const told = linesOf(run169);
  const call = told.findIndex((line) => line.payload['type'] === 'function_call');
  const at = Date.parse(told[call]?.timestamp ?? '');
  const lines = cut(run169, { at });
  expect(lines.length).toBeLessThan(call);
  expect(lines.filter((line) => line.payload['type'] === 'function_call')).toEqual([]);
  expect(() => cut(run169, { at: Date.parse(told[0]?.timestamp ?? '') })).toThrow(
    expect.objectContaining({ code: 'BAD_INPUT' }),
  );
});

test('the thread inside is the new one, in its folder', () => {
  const text = JSON.stringify(cut(run169, { at: Infinity }));
  const [meta] = cut(run169, { at: Infinity });
  const old = linesOf(run169)[0]?.payload['id'] as string;
  expect(meta?.payload).toMatchObject({ id: fresh, session_id: fresh, forked_from_id: old, cwd: '/branch' });
  expect(text.replace(`"forked_from_id":"${old}"`, '')).not.toContain(`id":"${old}"`);
});

test.each([
  ['0.169', run169],
  ['0.47', run47],
])('what was copied has the keys of the original: %s', (_version, content) => {
  const copy = conversation.cut(content, { at: Infinity }, fresh, '/branch').content;
  expect(keysOf(copy).length).toBeGreaterThan(20);
  expect(keysOf(copy)).toEqual(keysOf(content).slice(0, keysOf(copy).length));
});

test('what comes after what was copied has keys of its own', () => {
  const { content } = conversation.cut(run47, { at: Infinity }, fresh, '/branch');
  const own = {
    timestamp: new Date(now + 5).toISOString(),
    type: 'event_msg',
    payload: { type: 'user_message', message: 'Do it. [[s:old]]' },
  };
  const all = Buffer.concat([content, Buffer.from(`${JSON.stringify(own)}\n`)]);
  expect(keysOf(all).at(-1)).toMatch(new RegExp(`^${fresh}:`));
});
