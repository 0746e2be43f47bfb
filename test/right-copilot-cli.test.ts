// clew's numbers of Copilot CLI against those of a separate, slow, obvious counter, on real sessions and on goldens.
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { countCopilot } from './counter/copilot-cli.ts';
import { totalsOf } from './support/agent-totals.ts';
import { real } from './support/real.ts';

const golden = path.join(import.meta.dirname, '..', 'src', 'agents', 'copilot-cli', 'golden');

test.each(['1.0.40', '1.0.64'])('sessions of %s are counted as the slow counter does', async (version) => {
  const folder = path.join(golden, version, 'session-state');
  expect(await totalsOf(folder)).toEqual(countCopilot(folder));
});

describe.skipIf(!real.isThere)(`real sessions (skipped: ${real.why})`, () => {
  test('are counted as the slow counter does', async () => {
    const folder = path.join(real.home, '.copilot', 'session-state');
    const counted = countCopilot(folder);
    expect(counted.messages).toBeGreaterThan(70);
    expect(await totalsOf(folder)).toEqual(counted);
  });
});
