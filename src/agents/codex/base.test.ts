// Forks without their history, given it: as Codex 0.169 writes them, shortened.
import { expect, test } from 'vitest';
import { withBase } from './base.ts';

const line = (value: object): string => `${JSON.stringify(value)}\n`;
const meta = (id: string, ordinal: number, base?: object): string =>
  line({
    ordinal,
    type: 'session_meta',
    payload: { id, session_id: id, ...(base && { history_base: base, forked_from_ordinal_exclusive: 9 }) },
  });
const said = (thread: string, ordinal: number): string =>
  line({ ordinal, type: 'event_msg', payload: { thread_id: thread, words: `${thread} says ${ordinal}` } });

const original = meta('a', 0) + said('a', 1) + said('a', 2) + said('a', 3);
const fork = meta('b', 3, { thread_id: 'a', end_ordinal_exclusive: 3 }) + said('b', 4);
const again = meta('c', 5, { thread_id: 'b', end_ordinal_exclusive: 5 }) + said('c', 6);
const threads = new Map(Object.entries({ a: original, b: fork, c: again }));
const contentOf = (thread: string): Buffer | undefined => {
  const found = threads.get(thread);
  return found === undefined ? undefined : Buffer.from(found);
};

test('what came before the fork stands before the rest, as its own, and offsets have moved', () => {
  const { content, moved } = withBase(Buffer.from(fork), contentOf);
  const payloads = content
    .toString()
    .trim()
    .split('\n')
    .map((one) => (JSON.parse(one) as { payload: object }).payload);
  expect(payloads).toEqual([
    { id: 'b', session_id: 'b' },
    { thread_id: 'b', words: 'a says 1' },
    { thread_id: 'b', words: 'a says 2' },
    { thread_id: 'b', words: 'b says 4' },
  ]);
  const own = said('b', 4);
  expect(content.indexOf(own)).toBe(fork.indexOf(own) + moved);
});

test('a fork of a fork', () => {
  const words = [
    ...withBase(Buffer.from(again), contentOf)
      .content.toString()
      .matchAll(/[abc] says \d/g),
  ];
  expect(words.map(String)).toEqual(['a says 1', 'a says 2', 'b says 4', 'c says 6']);
});

test('a thread that has all of its history stays as it is', () => {
  const content = Buffer.from(original);
  expect(withBase(content, contentOf)).toEqual({ content, moved: 0 });
});

test('a beginning that is not known, and threads that name each other', () => {
  const lost = Buffer.from(meta('d', 1, { thread_id: 'gone', end_ordinal_exclusive: 1 }));
  expect(() => withBase(lost, contentOf)).toThrow(expect.objectContaining({ code: 'UNREADABLE' }));
  const loop = Buffer.from(meta('e', 1, { thread_id: 'e', end_ordinal_exclusive: 1 }));
  expect(() => withBase(loop, () => loop)).toThrow(expect.objectContaining({ code: 'UNREADABLE' }));
});
