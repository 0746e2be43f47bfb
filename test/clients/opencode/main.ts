// OpenCode as it comes from npm, against a stub on loopback, with clew's plugin in place: a session with edits, commands,
// failing calls and a subagent, resumed, forked, denied, and branched after its first turn. Then clew's word against the
// stub's.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkInside } from '../checks/inside.ts';
import { installPackage } from '../client/install.ts';
import { goOn, goOnFromDocument } from '../going-on/story.ts';
import { another, workInside } from '../inside.ts';
import { makeReport } from '../report.ts';
import { startStub } from '../stub/server.ts';
import { openCodeClient } from './going-on.ts';
import { programIn, runOpenCode, writeConfig, type OpenCodeWorld } from './run.ts';
import { scenarios } from './scenario.ts';

const version = '1.18.33';
const clewProgram =
  process.env['CLEW_PROGRAM'] || fileURLToPath(new URL('../../../bin/clew.mjs', import.meta.url));
const report = makeReport().under(`opencode ${version}`);
const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'clew-opencode-')));
const work = path.join(folder, 'work');
mkdirSync(work);
const stub = await startStub({ scenarios, work, ledger: path.join(folder, 'ledger.jsonl') });
try {
  const program = programIn(installPackage('opencode', 'opencode-ai', version));
  await report.group('test', () => test({ folder, program, url: stub.url }));
  const goingOn = report.under('going on');
  const world = { folder: path.join(folder, 'going-on'), program, url: stub.url };
  const goer = openCodeClient(world, stub);
  await goingOn.group('test', () => goOn(goer, goingOn));
  const inside = report.under('inside');
  await inside.group('test', async () => checkInside(await workInside(another(goer, 'custom')), inside));
  const ledger = path.join(folder, 'ledger-of-exports.jsonl');
  const exports = await startStub({ scenarios, work, ledger });
  const client = openCodeClient({ folder: path.join(folder, 'export'), program, url: exports.url }, exports);
  const exported = report.under('an export');
  await exported.group('test', () => goOnFromDocument(client, (id) => client.asDocument(id), exported));
  await exports.close();
} finally {
  await stub.close();
  if (process.argv.includes('--keep')) console.log(`kept in ${folder}`);
  else rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
console.log(report.sum());
process.exit(report.failed > 0 ? 1 : 0);

interface Row {
  readonly id: string;
  readonly agent: string;
  readonly workspace: string | null;
  readonly status: string;
  readonly turns: number;
  readonly messages: number;
  readonly apiErrors: number;
  readonly tokens: Readonly<Record<string, number>>;
}
interface Entry {
  readonly kind: string;
  readonly key: string;
  readonly operation?: {
    readonly id: string;
    readonly name: string;
    readonly status: string;
    readonly approval: unknown;
    readonly changes: readonly { readonly path: string; readonly added: number; readonly removed: number }[];
  } | null;
}

async function test(world: OpenCodeWorld): Promise<void> {
  git('init', '-q', '-b', 'main');
  git('commit', '-q', '--allow-empty', '-m', 'init');
  writeConfig(world);
  mkdirSync(path.join(folder, 'home', '.local', 'share', 'opencode'), { recursive: true });
  clew('init', '--yes');
  const run = (cwd: string, prompt: string, ...args: string[]) =>
    runOpenCode(world, cwd, 'run', '--format', 'json', ...args, prompt);

  const first = await run(work, 'Make a file. [[scenario:main]]');
  const session = first.session ?? '';
  report.equal('ends well', first.code, 0);
  clew('import');
  const resumed = await run(work, 'Go on. [[scenario:next]]', '--session', session);
  report.equal('is resumed', [resumed.code, resumed.session], [0, session]);
  const fork = await run(work, 'Elsewhere. [[scenario:fork]]', '--session', session, '--fork');
  const denied = await run(work, 'Remove it. [[scenario:denied]]');
  const failed = await run(work, 'Fail. [[scenario:fails]]');

  const rows = json('sessions') as Row[];
  const row = (id: string | undefined): Row | undefined => rows.find((one) => one.id === id);
  report.equal(
    'sessions',
    rows.map((one) => `${one.id} ${one.agent} ${one.workspace} ${one.status}`).toSorted(),
    [session, fork.session, denied.session, failed.session]
      .map((id) => `${id} opencode ${work} completed`)
      .toSorted(),
  );
  const turns = [session, fork.session, denied.session, failed.session].map((id) => row(id)?.turns);
  report.equal('prompts, in a fork only its own', turns, [2, 1, 1, 1]);
  report.equal('tokens, the subagent’s with them', row(session)?.tokens, served('main', 'helper', 'next'));
  report.equal('messages', row(session)?.messages, stub.ledger.answers('main', 'helper', 'next').length);
  report.equal('tokens of a fork are its own', row(fork.session)?.tokens, served('fork'));
  report.equal('an error of the server', row(failed.session)?.apiErrors, 1);

  const entriesOf = (id: string | undefined): readonly Entry[] =>
    (json('log', id ?? '') as { entries: Entry[] }).entries;
  const entries = entriesOf(session);
  const operations = entries.flatMap(({ operation }) => operation ?? []);
  report.equal(
    'what became of each call, once',
    operations.map(({ id, name, status }) => `${id} ${name} ${status}`).toSorted(),
    stub.ledger
      .calls('main', 'helper', 'next')
      .map(({ id, name, becomes }) => `${id} ${name} ${becomes}`)
      .toSorted(),
  );
  // Of what a command changed, OpenCode tells the name alone.
  report.equal(
    'changes',
    operations.flatMap(({ name, changes }) =>
      changes.map((one) => `${name} ${path.relative(work, one.path)} +${one.added} −${one.removed}`),
    ),
    ['write app.txt +2 −0', 'edit app.txt +1 −1', 'bash notes.txt +0 −0', 'edit app.txt +1 −1'],
  );
  const shown = json('show', session) as { runs: readonly { children: readonly { type: string }[] }[] };
  report.equal('subagents', shown.runs[0]?.children.map((one) => one.type) ?? shown.runs, ['general']);
  const [refused] = entriesOf(denied.session).flatMap(({ operation }) => operation ?? []);
  report.equal('a denied call', [refused?.status, refused?.approval], ['blocked', 'denied']);
  const health = json('doctor') as { hooks: readonly { agent: string; fired: number }[] };
  const fired = health.hooks.find((one) => one.agent === 'opencode')?.fired ?? 0;
  report.holds('the plugin has told', fired > 30, health.hooks);
  clew('import');
  report.equal('read again, nothing changes', json('sessions'), rows);

  await testBranch(world, session, entries);
}

/** The branch knows the first turn, and not the second. */
async function testBranch(world: OpenCodeWorld, session: string, entries: readonly Entry[]): Promise<void> {
  const turn = entries.find((one) => one.kind === 'prompt')?.key ?? '';
  const elsewhere = path.join(folder, 'branch');
  const made = json('branch', turn, 'other', '--folder', elsewhere) as {
    readonly session: string;
    readonly command: readonly string[];
  };
  const [, , words = '', file = ''] = made.command;
  report.holds('is imported by its command', words.startsWith('opencode import "$0" && '), made.command);
  const imported = await runOpenCode(world, elsewhere, 'import', file);
  report.equal('is imported', imported.code, 0);
  const branched = await runOpenCode(
    world,
    elsewhere,
    'run',
    '--format',
    'json',
    '--session',
    made.session,
    'And now? [[scenario:branch]]',
  );
  report.equal('goes on from a branch', [branched.code, branched.session], [0, made.session]);
  const sent = JSON.stringify(stub.ledger.answers('branch').at(-1)?.sent ?? '');
  report.holds(
    'the branch knows the first turn alone',
    sent.includes('All done.') && !sent.includes('Went on.'),
    sent,
  );
  const rows = json('sessions') as Row[];
  const row = rows.find((one) => one.id === made.session);
  report.equal('its tokens are its own', [row?.workspace, row?.tokens], [elsewhere, served('branch')]);
  report.equal('the original is as it was', rows.find((one) => one.id === session)?.turns, 2);
}

/** OpenCode does not tell how long what it wrote to the cache lives. */
function served(...names: string[]): Record<string, number> {
  const sum = { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
  for (const { usage } of stub.ledger.answers(...names)) {
    sum.input += usage.input;
    sum.output += usage.output;
    sum.cacheRead += usage.cacheRead;
    sum.cacheWrite5m += usage.cacheWrite5m + usage.cacheWrite1h;
  }
  return sum;
}

function clew(...args: string[]): string {
  const env = {
    PATH: process.env['PATH'],
    HOME: path.join(folder, 'home'),
    CLEW_HOME: path.join(folder, 'clew'),
  };
  const ran = spawnSync(process.execPath, [clewProgram, ...args], { cwd: work, env, encoding: 'utf8' });
  if (ran.status === 0) return ran.stdout;
  throw new Error(`clew ${args.join(' ')} ended with ${ran.status}: ${ran.stderr.slice(-600)}`);
}

function json(...args: string[]): unknown {
  return JSON.parse(clew(...args, '--json'));
}

function git(...args: string[]): void {
  const user = ['-c', 'user.name=t', '-c', 'user.email=t@example.invalid'];
  spawnSync('git', [...user, ...args], { cwd: work });
}
