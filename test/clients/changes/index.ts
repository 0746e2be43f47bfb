// Changes of files, told and taken back, with the real client.
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openClew } from '../../../src/index.ts';
import { systemContext } from '../../../src/model/index.ts';
import { checkAttribution, checkClaims, checkRan, checkUndo } from '../checks/changes.ts';
import { clew as runClew } from '../clew/run.ts';
import type { Installed } from '../client/install.ts';
import { makeWorld, type World } from '../client/world.ts';
import type { Report } from '../report.ts';
import { changeFiles, namesOf, turn, user } from './run.ts';
import { scenarios, setUp } from './steps.ts';

export async function testChanges(installed: Installed, folder: string, report: Report): Promise<void> {
  const world = await makeWorld(installed, folder, scenarios);
  // What is late on a busy machine is another test's matter.
  const patient = { ...world, env: { ...world.env, CLEW_BUDGET_MS: '9000' } };
  try {
    await report.group('test', () => changed(patient, report));
  } finally {
    await world.stub.close();
  }
}

/** With next to no budget every checkpoint is late: then less can be told, but nothing wrong is. */
export async function testLate(installed: Installed, folder: string, report: Report): Promise<void> {
  const world = await makeWorld(installed, folder, scenarios);
  const hasty = { ...world, env: { ...world.env, CLEW_BUDGET_MS: '5' } };
  try {
    user(hasty, setUp);
    runClew(hasty, 'init', '--yes');
    const { code } = await turn(hasty, 'work');
    report.equal('ran to its end', code, 0);
    await report.group('claims', () => claims(hasty, report));
  } finally {
    await world.stub.close();
  }
}

async function changed(world: World, report: Report): Promise<void> {
  runClew(world, 'init', '--yes');
  const done = await changeFiles(world, () => runClew(world, 'import', '--json'));
  checkRan(world, done, report);
  const clew = openClew({ context: { ...systemContext(world.env), cwd: world.work } });
  try {
    await clew.import();
    await report.group('attribution', () => checkAttribution(world, clew, done, report));
    await report.group('undo', () => checkUndo(world, clew, done, report));
  } finally {
    clew.close();
  }
}

/** What the hooks cost the agent: the same turn with and without them, in turn. */
export async function measureCost(installed: Installed, folder: string, report: Report): Promise<void> {
  const times = { with: [] as number[], without: [] as number[] };
  let calls = 0;
  for (let round = 0; round < 3; round++) {
    for (const kind of ['with', 'without'] as const) {
      const world = await makeWorld(installed, path.join(folder, `${kind}-${round}`), scenarios);
      try {
        user(world, setUp);
        if (kind === 'with') runClew(world, 'init', '--yes');
        const { code, ms } = await turn(world, 'work');
        report.equal(`${kind} hooks, round ${round + 1}: ran to its end`, code, 0);
        times[kind].push(ms);
        calls = world.stub.ledger.calls('work').length;
        if (kind === 'with') await claims(world, report.under(`round ${round + 1}:`));
      } finally {
        await world.stub.close();
      }
    }
  }
  const median = (all: readonly number[]) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
  const [slow, fast] = [median(times.with), median(times.without)];
  console.log(
    `     hooks with checkpoints: ${slow} ms against ${fast} ms without, ${((slow - fast) / calls).toFixed(0)} ms for each of ${calls} calls`,
  );
}

async function claims(world: World, report: Report): Promise<void> {
  const clew = openClew({ context: { ...systemContext(world.env), cwd: world.work } });
  try {
    // What is late may still be at work.
    await sleep(1000);
    await clew.import();
    checkClaims(world, clew, namesOf(world, ['work']), report);
  } finally {
    clew.close();
  }
}
