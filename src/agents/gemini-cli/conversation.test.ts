// Conversations cut at a moment: which lines of a chat a new session gets, and where it is put.
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { CutPoint } from '../../model/index.ts';
import { conversation } from './conversation.ts';

const fresh = '99999999-9999-4999-8999-999999999999';
const chat = path.join(import.meta.dirname, 'golden/0.61.0/chats/session-2026-11-21T06-26-00000006.jsonl');
const content = readFileSync(chat);
const lines = content.toString().split(/(?<=\n)/);
const posOf = (n: number): number => Buffer.byteLength(lines.slice(0, n).join(''));
/** The first line that holds these words. */
const lineWith = (words: string): number => lines.findIndex((line) => line.includes(words));

const cutAt = (point: CutPoint): string[] =>
  conversation.cut(content, point, fresh, '/w').content.toString().split('\n').filter(Boolean);

test('before a prompt: all that was said until then, under the new id', () => {
  const kept = cutAt({ before: posOf(lineWith('[[s:next]]')) });
  expect(kept).toHaveLength(lineWith('[[s:next]]'));
  expect(JSON.parse(kept[0] ?? '')).toMatchObject({ sessionId: fresh, kind: 'main' });
  expect(kept.join('')).not.toContain('"sessionId":"00000006');
  expect(kept.join('')).toContain('All done.');
});

test('after an answer: with its calls, and with what these gave back', () => {
  const first = lineWith('I will create the file.');
  const kept = cutAt({ after: posOf(first) });
  expect(kept.at(-1)).toContain('functionResponse');
  expect(kept.at(-2)).toContain('"toolCalls"');
  expect(kept.join('')).not.toContain('"replace"');
});

test('at a time: the last answer that was whole by then', () => {
  const called = JSON.parse(lines[lineWith('Exit Code: 3')] ?? '') as {
    toolCalls: readonly { timestamp: string }[];
  };
  const at = Date.parse(called.toolCalls[0]?.timestamp ?? '');
  expect(cutAt({ at: at - 1 }).join('')).not.toContain('exit 3');
  expect(cutAt({ at: at + 60 }).join('')).toContain('Exit Code: 3');
});

test('after an answer that a chat of JSON told in two states: the later one', () => {
  const line = (value: object): string => `${JSON.stringify(value)}\n`;
  const head = { sessionId: 's', projectHash: 'h' };
  const answer = { id: 'g1', type: 'gemini', content: 'I look.', timestamp: '2026-01-10T02:08:05.000Z' };
  const first = line(head) + line({ id: 'u1', type: 'user', content: 'Look.' });
  const story = Buffer.from(
    first +
      line(answer) +
      line({ ...head, lastUpdated: '2026-01-10T02:08:09.000Z' }) +
      line({ ...answer, toolCalls: [{ id: 'c1', name: 'read_file', status: 'success' }] }) +
      line({ id: 'u2', type: 'user', content: 'And now?' }),
  );
  const kept = conversation.cut(story, { after: first.length }, fresh, '/w').content.toString();
  expect(kept).toContain('toolCalls');
  expect(kept).not.toContain('And now?');
});

test('nothing had been answered', () => {
  expect(() => cutAt({ before: posOf(lineWith('I will create the file.')) })).toThrow(
    expect.objectContaining({ code: 'BAD_INPUT' }),
  );
});

test('the new chat lies where the client looks for those of that folder', () => {
  const home = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'clew-gemini-')));
  onTestFinished(() => rmSync(home, { recursive: true }));
  const now = (): number => Date.parse('2026-11-21T08:09:10Z');
  const context = { env: {}, home, clewHome: home, cwd: home, machine: 'm', now };
  const folder = (name: string): string => {
    mkdirSync(path.join(home, name), { recursive: true });
    return path.join(home, name);
  };
  const slug = (place: string): string =>
    path.relative(path.join(home, '.gemini', 'tmp'), conversation.place(context, place, fresh));

  expect(slug(folder('My Work'))).toBe('my-work/chats/session-2026-11-21T08-09-99999999.jsonl');

  folder('.gemini/tmp/taken');
  writeFileSync(path.join(home, '.gemini/tmp/taken/.project_root'), '/elsewhere/taken');
  expect(slug(folder('taken'))).toMatch(/^taken-1\//);

  const known = folder('known');
  writeFileSync(path.join(home, '.gemini/projects.json'), JSON.stringify({ projects: { [known]: 'k-7' } }));
  expect(slug(known)).toMatch(/^k-7\//);
  expect(conversation.command(known, fresh, '')).toEqual(['gemini', '--resume', fresh]);
});
