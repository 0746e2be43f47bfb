// Gemini CLI as it comes from npm, against a stub on loopback, with clew's hooks in place: a session with edits, commands,
// failing calls and a subagent, resumed, and branched after its first turn. Then clew's word against the stub's.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkInside } from '../checks/inside.ts';
import { installPackage } from '../client/install.ts';
import { another, workInside } from '../inside.ts';
import { makeReport } from '../report.ts';
import { goOn, goOnFromDocument } from '../going-on/story.ts';
import { geminiClient } from './going-on.ts';
import { runGemini, writeGeminiSettings, type GeminiWorld } from './run.ts';
import { startStub, type Served } from './stub.ts';

const version = '0.61.0';
const program =
  process.env['CLEW_PROGRAM'] || fileURLToPath(new URL('../../../bin/clew.mjs', import.meta.url));
const report = makeReport().under(`gemini-cli ${version}`);
const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'clew-gemini-')));
const work = path.join(folder, 'work');
const other = path.join(folder, 'other');
let at = work;
const stub = await startStub(() => at);
try {
  const bin = installPackage('gemini', '@google/gemini-cli', version);
  await report.group('test', () => test({ folder, bin, url: stub.url }));
  const goingOn = report.under('going on');
  const world = { folder: path.join(folder, 'going-on'), bin, url: stub.url };
  const goer = geminiClient(world, stub);
  await goingOn.group('test', () => goOn(goer, goingOn));
  const inside = report.under('inside');
  await inside.group('test', async () => checkInside(await workInside(another(goer, 'gemini')), inside));
  const documents = await startStub(() => at);
  const client = geminiClient({ folder: path.join(folder, 'document'), bin, url: documents.url }, documents);
  const old = report.under('a chat of JSON');
  await old.group('test', () => goOnFromDocument(client, (id) => client.asDocument(id), old));
  await documents.close();
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
  readonly turns: number;
  readonly operations: number;
  readonly errors: number;
  readonly tokens: Readonly<Record<string, number>>;
}
interface Entry {
  readonly kind: string;
  readonly key: string;
  readonly text: string;
  readonly operation?: {
    readonly name: string;
    readonly status: string;
    readonly changes: readonly { readonly path: string }[];
  } | null;
}

async function test(world: GeminiWorld): Promise<void> {
  for (const place of [work, other]) mkdirSync(place, { recursive: true });
  git('init', '-q', '-b', 'main');
  git('commit', '-q', '--allow-empty', '-m', 'init');
  writeGeminiSettings(world);
  clew('init', '--yes');
  const first = await runGemini(world, work, 'Make a file. [[scenario:main]]');
  report.equal('ends well', first.code, 0);
  const session = first.session ?? '';
  clew('import');
  const resumed = await runGemini(world, work, 'Go on. [[scenario:next]]', '--resume', session);
  report.equal('is resumed', [resumed.code, resumed.session], [0, session]);

  const rows = json('sessions') as Row[];
  report.equal(
    'one session',
    rows.map((row) => [row.id, row.agent, row.workspace]),
    [[session, 'gemini-cli', work]],
  );
  const [row] = rows;
  const calls = stub.served.flatMap((one) => one.calls);
  report.equal('prompts', row?.turns, 2);
  report.equal('operations', row?.operations, calls.length);
  report.equal('tokens', row?.tokens, tokensOf(stub.served));
  const { entries } = json('log', session) as { entries: Entry[] };
  const statuses = (of: readonly { name: string; status: string }[]): string[] =>
    of.map(({ name, status }) => `${name} ${status}`).toSorted();
  const operations = entries.flatMap(({ operation }) => operation ?? []);
  report.equal(
    'what became of each call',
    statuses(operations),
    statuses(calls.map(({ name, becomes }) => ({ name, status: becomes }))),
  );
  report.equal(
    'changes of edits',
    operations
      .filter(({ name }) => name === 'write_file' || name === 'replace')
      .map(({ changes }) => changes.map((one) => one.path)),
    [1, 2, 3].map(() => [path.join(work, 'app.txt')]),
  );
  const shown = json('show', session) as { runs: readonly { children: readonly { type: string }[] }[] };
  report.equal('subagents', shown.runs[0]?.children.map((one) => one.type) ?? shown.runs, ['generalist']);
  report.holds(
    'commits',
    entries.some((one) => one.kind === 'commit'),
    entries.map((one) => one.kind),
  );
  const health = json('doctor') as { hooks: readonly { agent: string; fired: number }[] };
  const fired = health.hooks.find((one) => one.agent === 'gemini-cli')?.fired ?? 0;
  report.holds('hooks have been called', fired > 20, health.hooks);
  clew('import');
  report.equal('read again, nothing changes', json('sessions'), rows);

  await testBranch(world, session, entries);
}

/** The branch knows the first turn, and not the second. */
async function testBranch(world: GeminiWorld, session: string, entries: readonly Entry[]): Promise<void> {
  const turn = entries.find((one) => one.kind === 'prompt')?.key ?? '';
  const made = await cut(session, turn);
  at = other;
  const branched = await runGemini(world, other, 'And now? [[scenario:branch]]', ...made.command.slice(1));
  report.equal('goes on from a branch', [branched.code, branched.session], [0, made.session]);
  const sent = stub.served.findLast((one) => one.scenario === 'branch')?.sent ?? '';
  report.holds(
    'the branch knows the first turn alone',
    sent.includes('All done.') && !sent.includes('Went on.'),
    sent,
  );
  const total = (json('sessions') as Row[]).reduce((sum, row) => sum + (row.tokens['output'] ?? 0), 0);
  report.equal('tokens of both, once', total, tokensOf(stub.served)['output']);
}

/** Through the library's room: `clew branch` needs a checkpoint of the moment too, which is tested elsewhere. */
async function cut(
  session: string,
  turn: string,
): Promise<{ readonly session: string; readonly command: readonly string[] }> {
  const { openIndex } = await import('../../../src/store/index.ts');
  const { cutConversation } = await import('../../../src/recover/index.ts');
  const home = path.join(folder, 'home');
  const context = {
    env: {},
    home,
    clewHome: path.join(folder, 'clew'),
    cwd: other,
    machine: 'm',
    now: Date.now,
  };
  const { db } = openIndex(path.join(context.clewHome, 'index.db'), Date.now());
  const made = cutConversation(db, context, { session, after: { turn }, folder: other });
  db.close();
  if (!made) throw new Error('the conversation was not cut');
  return made;
}

function tokensOf(served: readonly Served[]): Record<string, number> {
  const sum = (of: (usage: Served['usage']) => number): number =>
    served.reduce((total, one) => total + of(one.usage), 0);
  return {
    input: sum((usage) => usage.prompt - usage.cached),
    output: sum((usage) => usage.output + usage.thoughts),
    cacheRead: sum((usage) => usage.cached),
    cacheWrite5m: 0,
    cacheWrite1h: 0,
  };
}

function clew(...args: string[]): string {
  const env = {
    PATH: process.env['PATH'],
    HOME: path.join(folder, 'home'),
    CLEW_HOME: path.join(folder, 'clew'),
  };
  const ran = spawnSync(process.execPath, [program, ...args], { cwd: work, env, encoding: 'utf8' });
  if (ran.status === 0) return ran.stdout;
  throw new Error(`clew ${args.join(' ')} ended with ${ran.status}: ${ran.stderr.slice(-600)}`);
}

function json(...args: string[]): unknown {
  return JSON.parse(clew(...args, '--json'));
}

function git(...args: string[]): void {
  const user = ['-c', 'user.name=t', '-c', 'user.email=t@example.invalid'];
  spawnSync('git', [...user, ...args], { cwd: work });
  if (args[0] === 'init')
    for (const [name, value] of [
      ['user.name', 't'],
      ['user.email', 't@example.invalid'],
    ] as const)
      spawnSync('git', ['config', name, value], { cwd: work });
}
