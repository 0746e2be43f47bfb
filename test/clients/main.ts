// The end-to-end test: real clients, a stub of their server, and clew beside them. See README.md.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { branch } from './branch.ts';
import { testBackground } from './changes/background.ts';
import { measureCost, testChanges, testLate } from './changes/index.ts';
import { checkBranches } from './checks/branches.ts';
import { checkClient, checkInForce, checkSettings } from './checks/client.ts';
import { checkInside } from './checks/inside.ts';
import { checkOperations } from './checks/operations.ts';
import { checkServer } from './checks/mcp.ts';
import { checkResumed } from './checks/resumed.ts';
import { checkRuns } from './checks/runs.ts';
import { checkSessions, checkTimeline } from './checks/sessions.ts';
import { checkFollow, checkHooksFired, checkRepeats } from './checks/upkeep.ts';
import { follow, type Followed } from './clew/follow.ts';
import { clew, look } from './clew/run.ts';
import { install, versions, type Installed, type Version } from './client/install.ts';
import { readSettings, writeUserSettings } from './client/settings.ts';
import { makeWorld, type World } from './client/world.ts';
import { callServer } from './mcp.ts';
import { claudeCode, workInside } from './inside.ts';
import { makeReport, type Report } from './report.ts';
import { resume } from './resume.ts';
import { scenarios } from './scenarios.ts';
import { tell } from './story.ts';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    keep: { type: 'boolean', default: false },
    'without-clew': { type: 'boolean', default: false },
    changes: { type: 'boolean', default: false },
    mcp: { type: 'boolean', default: false },
  },
});
const folder = mkdtempSync(path.join(tmpdir(), 'clew-clients-'));
const report = makeReport();
for (const version of versions) {
  if (options.only && !options.only.includes(version)) continue;
  const installed = found(version, report.under(version));
  if (!installed) continue;
  if (!options.changes) await testVersion(installed, report.under(version));
  if (!options['without-clew'] && !options.mcp)
    await testFiles(installed, report.under(version).under('changes'));
}
if (options.keep) console.log(`kept in ${folder}`);
else rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
console.log(report.sum());
process.exit(report.failed > 0 ? 1 : 0);

function found(version: Version, report: Report): Installed | undefined {
  try {
    return install(version);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const why = `it cannot be installed: ${said.split('\n').slice(0, 4).join(', ')}`;
    if (process.env['CLEW_SKIP_CLIENTS'] === '1') report.skip('runs', why);
    else report.holds('runs', false, why);
    return undefined;
  }
}

async function testVersion(installed: Installed, report: Report): Promise<void> {
  const began = Date.now();
  const world = await makeWorld(installed, path.join(folder, installed.version), scenarios);
  try {
    await report.group('test', () =>
      options['without-clew']
        ? clientAlone(world, report)
        : options.mcp
          ? serverAlone(world, report)
          : withClew(world, report),
    );
  } finally {
    await world.stub.close();
  }
  console.log(`     ${installed.version} took ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

async function testFiles(installed: Installed, report: Report): Promise<void> {
  const at = (name: string) => path.join(folder, `${installed.version}-${name}`);
  await testChanges(installed, at('changes'), report);
  await testLate(installed, at('late'), report.under('late'));
  await testBackground(installed, at('background'), report.under('background'));
  if (installed.version === versions[0]) await measureCost(installed, at('cost'), report.under('cost'));
}

/** The scenarios against the client, to work on this test itself. */
async function clientAlone(world: World, report: Report): Promise<void> {
  writeUserSettings(world);
  const told = { world, story: await tell(world, {}) };
  checkClient(told, report);
  checkInForce(told, report);
}

async function serverAlone(world: World, report: Report): Promise<void> {
  writeUserSettings(world);
  checkServer(world, await callServer(world), report.under('mcp'));
}

async function withClew(world: World, report: Report): Promise<void> {
  const before = writeUserSettings(world);
  clew(world, 'init', '--yes');
  const first = readSettings(world);
  clew(world, 'init', '--yes');

  let followed: Followed | undefined;
  const beside = async (session: string, ended: Promise<unknown>) => {
    const following = await follow(world, session);
    await ended;
    followed = await following.stop();
  };
  const live = world.version === versions[0];
  const story = await tell(world, {
    ...(live ? { beside } : {}),
    afterEach: () => void clew(world, 'import', '--json'),
  });

  const told = { world, story };
  checkClient(told, report);
  await report.group('init', () => checkSettings(told, before, first, report.under('init')));
  const view = look(world);
  await report.group('sessions', () => checkSessions(told, view, report));
  await report.group('timeline', () => checkTimeline(told, view, report));
  await report.group('operations', () => checkOperations(told, view, report));
  await report.group('runs', () => checkRuns(told, view, report));
  await report.group('doctor', () => checkHooksFired(view, report));
  if (live) await report.group('log --follow', () => checkFollow(followed, report));
  await report.group('repeats', () => checkRepeats(told, view, report));
  // Last, as it adds sessions that are no part of the story.
  await report.group('branches', async () =>
    checkBranches(world, await branch(world, story.talk.session), report),
  );
  await report.group('resumed', async () =>
    checkResumed(world, await resume(world), report.under('resumed')),
  );
  await report.group('inside', async () =>
    checkInside(await workInside(claudeCode(world)), report.under('inside')),
  );
  await report.group('mcp', async () => checkServer(world, await callServer(world), report.under('mcp')));
}
