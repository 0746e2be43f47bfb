// Real sessions, where they are at hand: they hold none of the secrets that people had, so what is found is either
// an example or a mistake.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRedactor } from './index.ts';

const folder = new URL('../../../shared/transcripts/', import.meta.url).pathname;
const files = existsSync(folder)
  ? ['home/.*/**/*.jsonl', 'growth/**/*.jsonl'].flatMap((pattern) => globSync(folder + pattern))
  : [];
const { redact } = createRedactor({ salt: Buffer.alloc(16) });

const parses = (line: string): boolean => {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
};

describe.skipIf(files.length === 0)('real sessions (skipped without ../shared/transcripts)', () => {
  it('stay as they are but for a few examples of secrets, and valid', () => {
    let lines = 0;
    const changed: string[] = [];
    for (const file of files) {
      const before = readFileSync(file);
      const after = redact(before).bytes;
      const [old, now] = [before, after].map((bytes) => bytes.toString().split('\n'));
      lines += old!.length;
      expect(now).toHaveLength(old!.length);
      for (const [i, line] of now!.entries()) {
        if (line === old![i]) continue;
        changed.push(line);
        expect(parses(line)).toBe(parses(old![i]!));
      }
    }
    expect(lines).toBeGreaterThan(10_000);
    expect(changed.length / lines).toBeLessThan(0.001);
  });
});
