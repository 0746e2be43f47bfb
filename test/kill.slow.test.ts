// kill -9 at random moments, fifty times: what is imported in the end is what one undisturbed import gives.
import path from 'node:path';
import { expect, test } from 'vitest';
import { openClew } from '../src/index.ts';
import { generate } from './generate/generate.ts';
import { tempFolder } from './support/home.ts';
import { killRepeatedly } from './support/kill.ts';
import { tablesOf } from './support/tables.ts';

test('an import killed at any moment loses nothing and counts nothing twice', async () => {
  const folder = tempFolder();
  const home = path.join(folder, 'home');
  generate({ dir: home, bytes: 24 << 20, seed: 11, sessionBytes: 1 << 20 });
  const clewHome = (n: number): string => path.join(folder, `clew-${n}`);
  let seed = 42;
  const random = (): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed / 2 ** 31;
  };
  let looked = 0;
  await killRepeatedly(home, clewHome, 50, random, (killed) => {
    looked++;
    expect(tablesOf(killed)).toEqual(tablesOf(clewHome(0)));
    const clew = openClew({
      context: { env: {}, home, clewHome: killed, cwd: home, machine: 'test-machine', now: Date.now },
    });
    expect(clew.verify().problems).toEqual([]);
    clew.close();
  });
  expect(looked).toBeGreaterThan(3);
});
