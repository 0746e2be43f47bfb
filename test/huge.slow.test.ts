// Sizes that no client writes on a good day: bounded memory, nothing lost, the good beside the bad taken in.
import { execFileSync } from 'node:child_process';
import { appendFileSync, closeSync, openSync, readdirSync, writeSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { testHome } from './support/home.ts';
import type { TestHome } from './support/home.ts';
import { readFrames } from '../src/stream/index.ts';

const id = '44444444-4444-4444-8444-444444444444';
const prompt = (words: string, n: number): string =>
  `${JSON.stringify({ type: 'user', uuid: `u${n}`, sessionId: id, cwd: '/w', version: '2.1.329', timestamp: new Date(Date.UTC(2026, 9, 1) + n).toISOString(), message: { role: 'user', content: words } })}\n`;

/** Imports in a process of its own; peak memory in MB. */
function importMeasured(home: TestHome): number {
  const program = path.join(import.meta.dirname, 'support', 'import-measured.ts');
  const env = { ...process.env, TEST_HOME: home.context.home, TEST_CLEW: home.context.clewHome };
  return Number(execFileSync(process.execPath, [program], { env, encoding: 'utf8' }).trim());
}

test('a line of 100 MB with a secret in it is kept, redacted, in parts; it is named, and its neighbours count', async () => {
  const home = testHome();
  const file = home.write(`p/${id}.jsonl`, []);
  appendFileSync(file, prompt('before', 1));
  const fd = openSync(file, 'a');
  writeSync(fd, '{"type":"user","blob":"');
  for (let n = 0; n < 100; n++) writeSync(fd, 'lorem ipsum '.repeat(87_381));
  const secret = ['ghp', '_', 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8'].join('');
  writeSync(fd, ` token ${secret} `);
  writeSync(fd, '"}\n');
  closeSync(fd);
  appendFileSync(file, prompt('after', 2));
  expect(importMeasured(home)).toBeLessThan(400);
  const clew = home.open();
  await clew.import();
  expect(clew.timeline(id).entries.map((entry) => entry.text)).toEqual(['before', 'after']);
  expect((await clew.doctor()).oddities).toMatchObject([{ kind: 'long-line', count: 1, line: 2 }]);
  const stream =
    readdirSync(path.join(home.context.clewHome, 'streams'), { recursive: true, encoding: 'utf8' }).find(
      (name) => name.endsWith('.zst'),
    ) ?? '';
  let bytes = 0;
  let leaked = false;
  for (const frame of readFrames(path.join(home.context.clewHome, 'streams', stream))) {
    const content = frame.content();
    bytes += content.length;
    leaked ||= content.includes(secret);
  }
  expect(bytes).toBeGreaterThan(100_000_000);
  expect(leaked).toBe(false);
  const before = clew.timeline(id);
  clew.reindex();
  expect(clew.timeline(id)).toEqual(before);
});

test('a line of 30 MB is parsed like any other', async () => {
  const home = testHome();
  const file = home.write(`p/${id}.jsonl`, []);
  appendFileSync(file, prompt(`needle ${'word '.repeat(6_000_000)}`, 1));
  expect(importMeasured(home)).toBeLessThan(600);
  const clew = home.open();
  await clew.import();
  expect(clew.timeline(id).entries[0]?.text.startsWith('needle')).toBe(true);
});

test('a million tiny lines', async () => {
  const home = testHome();
  const file = home.write(`p/${id}.jsonl`, []);
  const block = '{"type":"mode","mode":"normal"}\n{}\n7\n\n'.repeat(25_000);
  for (let n = 0; n < 10; n++) appendFileSync(file, block);
  appendFileSync(file, prompt('after', 1));
  expect(importMeasured(home)).toBeLessThan(400);
  const clew = home.open();
  await clew.import();
  expect(clew.session(id).turns).toBe(1);
  expect((await clew.doctor()).oddities).toMatchObject([
    { kind: 'bad-line', count: 250_000, line: 3 },
    { kind: 'unknown-type', what: 'no type', count: 250_000 },
  ]);
});
