// What takes the room, and what the doctor says of checkpoints, in real projects.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { testProject } from '../../test/support/project.ts';
import { tend } from './tend.ts';

test('each project’s room, with what is its alone, its largest files and what was left out', async () => {
  const { clew, context, root, sh } = testProject();
  const other = path.join(path.dirname(root), 'other');
  const noise = (kb: number): string => `head -c ${kb}000 /dev/urandom`;
  sh(
    `${noise(300)} > shared; mkdir ${other}; cp shared ${other}/; ${noise(200)} > 'mine ü'; ${noise(21000)} > big`,
  );
  await clew.takeCheckpoint();
  sh(`${noise(100)} > 'mine ü'`);
  await clew.takeCheckpoint();
  await clew.takeCheckpoint();
  await clew.takeCheckpoint({ folder: other });
  tend(context.clewHome, { wait: true });
  const { projects, loose, packed, bytes } = clew.storeSize();
  expect(projects.map((one) => [one.root, one.checkpoints, one.thinned, one.trees])).toEqual([
    [root, 3, 0, 2],
    [other, 1, 0, 1],
  ]);
  const [mine, theirs] = projects;
  expect(mine?.bytes).toBeGreaterThan(600_000);
  expect(mine?.ownBytes).toBeGreaterThan(300_000);
  expect(mine?.ownBytes).toBeLessThan(310_000);
  expect(theirs?.ownBytes).toBeLessThan(1_000);
  expect(mine?.largest.slice(0, 2)).toEqual([
    { path: 'shared', bytes: 300_000 },
    { path: 'mine ü', bytes: 200_000 },
  ]);
  expect(mine?.leftOut).toEqual([{ path: 'big', why: 'large', bytes: 21_000_000 }]);
  expect(loose).toEqual({ objects: 0, bytes: 0 });
  expect(packed.packs).toBe(1);
  expect(bytes).toBe(packed.bytes);
});

test('the doctor names the limit that is in the way, and what is left out', async () => {
  const { clew, context, hook, root, sh } = testProject();
  const said = async () => (await clew.doctor()).checks.filter((check) => check.name === 'checkpoints');
  expect((await said()).map((one) => one.ok)).toEqual(['ok']);
  sh('echo a > a; echo b > b');
  await clew.takeCheckpoint();
  expect((await said()).map((one) => [one.ok, /^git [\d.]+; 1 states? of files/.test(one.message)])).toEqual([
    ['ok', true],
  ]);
  sh('head -c 21000000 /dev/zero > big; echo c > c');
  hook('Stop');
  await clew.import();
  expect((await said())[1]).toMatchObject({
    ok: 'ok',
    message: expect.stringContaining('big (large)') as unknown,
  });
  writeFileSync(path.join(context.clewHome, 'workspaces', 'limits'), 'clew_max_files=2\n');
  sh('echo d > d');
  hook('Stop');
  await clew.import();
  const [, check] = await said();
  expect(check).toMatchObject({
    ok: 'warn',
    hint: expect.stringContaining('checkpoints.maxFiles') as unknown,
  });
  expect(check?.message).toContain(
    `${root}: of 3 in seven days 1 not taken (too many files: 4, the limit is 2)`,
  );
});
