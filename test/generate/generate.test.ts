// The generator's homes, as the counter sees them: whole, repeatable, and with everything in them that real ones have.
import { createHash } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countClaudeCode } from '../counter/claude-code.ts';
import type { Generated } from './generate.ts';
import { generate } from './generate.ts';
import { grow } from './grow.ts';

const bytes = 16_000_000;
let dir: string;
let made: Generated;

beforeAll(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'clew-generate-'));
  made = generate({ dir: path.join(dir, 'a'), bytes, seed: 8, sessionBytes: 800_000 });
});
afterAll(() => rmSync(dir, { recursive: true }));

function projects(home: string): string {
  return path.join(dir, home, '.claude', 'projects');
}

function digest(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of paths) hash.update(readFileSync(file));
  return hash.digest('hex');
}

test('the size is met to within a turn', () => {
  expect(made.bytes).toBeGreaterThanOrEqual(bytes);
  expect(made.bytes).toBeLessThan(bytes * 1.2);
});

test('the same seed gives the same bytes, another gives others', () => {
  const again = generate({ dir: path.join(dir, 'b'), bytes, seed: 8, sessionBytes: 800_000 });
  const other = generate({ dir: path.join(dir, 'c'), bytes, seed: 9, sessionBytes: 800_000 });
  expect(digest(again.paths)).toBe(digest(made.paths));
  expect(digest(other.paths)).not.toBe(digest(made.paths));
});

test('homes hold what real ones hold', () => {
  const counts = countClaudeCode([projects('a')]);
  expect(counts.sessionIds).toHaveLength(made.sessions);
  expect(counts).toMatchObject({ badLines: 0, tornTails: 0, lastNotMax: 0 });
  const seen = Object.values(counts.sessions).reduce((sum, session) => sum + session.messagesSeen, 0);
  expect(made.forks).toBeGreaterThan(0);
  expect(seen / counts.messages).toBeGreaterThan(1.02);
  expect(seen / counts.messages).toBeLessThan(1.15);
  expect(counts.prompts).toBeGreaterThan(30);
  expect(counts.toolErrors).toBeGreaterThan(10);
  expect(counts.partial).toBeGreaterThan(50);
  expect(counts.progressOnly.messages).toBeGreaterThan(0);
  expect(counts.tokens.cacheWrite5m).toBeGreaterThan(0);
  expect(counts.tokens.cacheWrite1h).toBeGreaterThan(0);
  expect(Object.keys(counts.tools)).toEqual(
    expect.arrayContaining(['Agent', 'Bash', 'Edit', 'Grep', 'Read', 'Write']),
  );
});

test('one long session is compacted now and then', () => {
  const { sessions } = generate({
    dir: path.join(dir, 'e'),
    bytes: 6_000_000,
    seed: 2,
    sessionBytes: 6_000_000,
  });
  const counts = countClaudeCode([projects('e')]);
  expect(sessions).toBe(1);
  expect(counts.compactions).toBeGreaterThan(0);
});

test('the text compresses as real transcripts do', () => {
  const raw = Buffer.concat(made.paths.slice(0, 10).map((file) => readFileSync(file)));
  const ratio = raw.length / zstdCompressSync(raw).length;
  expect(ratio).toBeGreaterThan(4);
  expect(ratio).toBeLessThan(9);
});

test('a session grows by lines that go on from its last record', () => {
  const { paths } = generate({ dir: path.join(dir, 'd'), bytes: 100_000, seed: 3 });
  const file = paths[0]!;
  const before = countClaudeCode([projects('d')]);
  const lines = grow(file, 5).take(40).toArray();
  appendFileSync(file, lines.map((line) => `${line}\n`).join(''));
  const after = countClaudeCode([projects('d')]);
  expect(after.sessionIds).toEqual(before.sessionIds);
  expect(after.badLines).toBe(0);
  expect(after.messages).toBeGreaterThan(before.messages);
  expect(grow(file, 5).take(3).toArray()).not.toEqual(grow(file, 6).take(3).toArray());
});
