// clew's numbers of Gemini CLI against those of a separate, slow, obvious counter, on real sessions and on goldens.
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { countGemini } from './counter/gemini-cli.ts';
import { totalsOf } from './support/agent-totals.ts';
import { real } from './support/real.ts';

const golden = path.join(import.meta.dirname, '..', 'src', 'agents', 'gemini-cli', 'golden');

test.each(['0.23.0', '0.61.0'])('sessions of %s are counted as the slow counter does', async (version) => {
  const folder = path.join(golden, version);
  expect(await totalsOf(folder)).toEqual(countGemini(folder));
});

describe.skipIf(!real.isThere)(`real sessions (skipped: ${real.why})`, () => {
  test('are counted as the slow counter does', async () => {
    const folder = path.join(real.home, '.gemini', 'tmp');
    const counted = countGemini(folder);
    expect(counted.messages).toBeGreaterThan(70);
    expect(await totalsOf(folder)).toEqual(counted);
  });
});
