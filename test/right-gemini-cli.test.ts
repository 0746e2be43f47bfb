// clew's numbers of Gemini CLI against those of a separate, slow, obvious counter, on real sessions and on goldens.
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { countGemini } from './counter/gemini-cli.ts';
import { totalsOf } from './support/agent-totals.ts';
import { testHome } from './support/home.ts';
import { real } from './support/real.ts';

const golden = path.join(import.meta.dirname, '..', 'src', 'agents', 'gemini-cli', 'golden');

async function compare(folder: string): Promise<void> {
  const home = testHome();
  const report = await home.open().import({ paths: [folder] });
  expect(report.failures).toEqual([]);
  const counted = countGemini(folder);
  expect(counted.messages).toBeGreaterThan(0);
  expect(totalsOf(home)).toEqual(counted);
}

test.each(['0.23.0', '0.61.0'])('sessions of %s are counted as the slow counter does', (version) =>
  compare(path.join(golden, version)),
);

describe.skipIf(!real.isThere)(`real sessions (skipped: ${real.why})`, () => {
  test('are counted as the slow counter does', () => compare(path.join(real.home, '.gemini', 'tmp')));
});
