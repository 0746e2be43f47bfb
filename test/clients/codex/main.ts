// Codex as it comes from npm, against a stub on loopback, with clew's hooks in place: a session with patches, commands,
// failing calls and a subagent, resumed, forked, and branched after its first turn. Then clew's word against the stub's.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkInside } from '../checks/inside.ts';
import { installPackage } from '../client/install.ts';
import { goOn } from '../going-on/story.ts';
import { another, workInside } from '../inside.ts';
import { makeReport, type Report } from '../report.ts';
import { codexClient, goOnWithFork } from './going-on.ts';
import { configOf, runCodex, type CodexWorld } from './run.ts';
import { startStub, type Served, type Stub } from './stub.ts';

const program =
  process.env['CLEW_PROGRAM'] || fileURLToPath(new URL('../../../bin/clew.mjs', import.meta.url));
const all = makeReport();
for (const version of ['0.169.0', '0.47.0']) {
  const report = all.under(`codex ${version}`);
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'clew-codex-')));
  const stub = await startStub();
  try {
    const bin = installPackage('codex', '@openai/codex', version);
    await report.group('test', () => test({ version, folder, bin }, stub, report));
    const world = { version, folder: path.join(folder, 'going-on'), bin };
    const goingOn = report.under('going on');
    const client = codexClient(world, stub);
    await goingOn.group('test', () => goOn(client, goingOn));
    const inside = report.under('inside');
    await inside.group('test', async () => checkInside(await workInside(another(client, 'codex')), inside));
    if (version !== '0.47.0') {
      const forks = await startStub();
      const forked = report.under('a fork');
      const apart = { ...world, folder: path.join(folder, 'forked') };
      await forked.group('test', () => goOnWithFork(apart, forks, forked));
      await forks.close();
    }
  } finally {
    await stub.close();
    if (process.argv.includes('--keep')) console.log(`kept in ${folder}`);
    else rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
console.log(all.sum());
process.exit(all.failed > 0 ? 1 : 0);

interface Row {
  readonly id: string;
  readonly agent: string;
  readonly workspace: string | null;
  readonly turns: number;
  readonly operations: number;
  readonly tokens: Readonly<Record<string, number>>;
}
interface Entry {
  readonly kind: string;
  readonly key: string;
  readonly operation?: {
    readonly name: string;
    readonly status: string;
    readonly changes: readonly { readonly path: string; readonly kind: string }[];
  } | null;
}

async function test(world: CodexWorld, stub: Stub, report: Report): Promise<void> {
  const { folder, version } = world;
  const isOld = version === '0.47.0';
  const [work, other, config] = ['work', 'other', path.join('home', '.codex')].map((name) =>
    path.join(folder, name),
  ) as [string, string, string];
  for (const place of [work, other, config]) mkdirSync(place, { recursive: true });
  const git = (...args: readonly string[]) => spawnSync('git', args, { cwd: work });
  git('init', '-q', '-b', 'main');
  for (const [name, value] of Object.entries({ name: 't', email: 't@example.invalid' }))
    git('config', `user.${name}`, value);
  git('commit', '-q', '--allow-empty', '-m', 'init');
  const settings = path.join(config, 'config.toml');
  writeFileSync(settings, configOf(stub.url));
  const clew = (...args: readonly string[]): string => runClew(world, work, args);
  const json = (...args: readonly string[]): unknown => JSON.parse(clew(...args, '--json'));
  const rows = (): Row[] => json('sessions') as Row[];
  const originOf = (id: string): unknown =>
    (json('show', id) as { parentSessionId: unknown }).parentSessionId;

  const said = clew('init', '--yes');
  report.equal('init tells of the step of trust', said.includes('trusted'), !isOld);
  report.equal('notify', readFileSync(settings, 'utf8').startsWith('notify = '), isOld);

  const first = await runCodex(world, work, `Make a file. [[scenario:${isOld ? 'old' : 'main'}]]`);
  report.equal('ends well', first.code, 0);
  const session = first.session ?? '';
  clew('import');
  const next = `Go on. [[scenario:${isOld ? 'oldNext' : 'next'}]]`;
  const resumed = await runCodex(world, work, next, 'resume', session);
  report.equal('is resumed', [resumed.code, resumed.session], [0, session]);

  report.equal(
    'one session',
    rows().map((row) => [row.id, row.agent, row.workspace]),
    [[session, 'codex', work]],
  );
  const [row] = rows();
  const calls = stub.served.flatMap((one) => one.calls);
  report.equal('prompts', row?.turns, 2);
  report.equal('operations', row?.operations, calls.length);
  report.equal('tokens', row?.tokens, tokensOf(stub.served));
  const { entries } = json('log', session) as { entries: Entry[] };
  const operations = entries.flatMap(({ operation }) => operation ?? []);
  const inWords = (of: readonly { name: string; status: string }[]): string[] =>
    of.map(({ name, status }) => `${name} ${status}`).toSorted();
  report.equal(
    'what became of each call',
    inWords(operations),
    inWords(calls.map(({ name, becomes }) => ({ name, status: becomes }))),
  );
  if (!isOld) checkRest(json, session, entries, work, report);
  const { hooks } = json('doctor') as { hooks: readonly { agent: string; fired: number }[] };
  const fired = hooks.find((one) => one.agent === 'codex')?.fired ?? 0;
  report.holds('hooks have been called', fired > (isOld ? 1 : 20), hooks);
  const before = rows();
  clew('import');
  report.equal('read again, nothing changes', rows(), before);

  const turn = entries.find((one) => one.kind === 'prompt')?.key ?? '';
  const made = await cut(world, other, session, turn);
  const branched = await runCodex(world, other, 'And now? [[scenario:branch]]', 'resume', made.session);
  report.equal('goes on from a branch', [branched.code, branched.session], [0, made.session]);
  const sent = stub.served.findLast((one) => one.scenario === 'branch')?.sent ?? '';
  report.holds(
    'the branch knows the first turn alone',
    sent.includes('Make a file.') && !sent.includes('Go on.'),
    sent.slice(-2000),
  );
  if (!isOld) {
    const forked = await runCodex(world, work, 'Fork. [[scenario:branch]]', 'fork', session);
    report.equal('is forked', forked.code, 0);
    report.equal('a fork says where it is from', originOf(forked.session ?? ''), session);
  }
  const sums = rows().map((one) => one.tokens);
  for (const kind of ['input', 'output', 'cacheRead'])
    report.equal(
      `${kind} tokens of all, once`,
      sums.reduce((sum, one) => sum + (one[kind] ?? 0), 0),
      tokensOf(stub.served)[kind],
    );
  const branch = rows().find((one) => one.id === made.session);
  report.equal('the branch has its own turn alone', branch?.turns, 1);
  report.equal('the branch says where it is from', originOf(made.session), session);
  report.equal('the branch is of its folder', branch?.workspace, other);

  clew('uninstall', '--yes');
  report.equal(
    'uninstalling gives back the settings',
    readFileSync(settings, 'utf8').startsWith('model ='),
    true,
  );
}

function checkRest(
  json: (...args: readonly string[]) => unknown,
  session: string,
  entries: readonly Entry[],
  work: string,
  report: Report,
): void {
  const patches = entries.flatMap(({ operation }) =>
    operation?.name === 'apply_patch' && operation.status === 'success' ? [operation] : [],
  );
  report.equal(
    'changes of patches',
    patches.flatMap(({ changes }) => changes.map((one) => [one.path, one.kind])),
    [
      [path.join(work, 'app.txt'), 'create'],
      [path.join(work, 'app.txt'), 'update'],
    ],
  );
  const { runs } = json('show', session) as {
    runs: readonly { children: readonly { status: string }[] }[];
  };
  report.equal(
    'subagents',
    runs[0]?.children.map((one) => one.status),
    ['completed'],
  );
  report.holds(
    'commits',
    entries.some((one) => one.kind === 'commit'),
    entries.map((one) => one.kind),
  );
}

/** Through the library's room: `clew branch` needs a checkpoint of the moment too, which is tested elsewhere. */
async function cut(
  { folder }: CodexWorld,
  other: string,
  session: string,
  turn: string,
): Promise<{ readonly session: string }> {
  const { openIndex } = await import('../../../src/store/index.ts');
  const { cutConversation } = await import('../../../src/recover/index.ts');
  const context = {
    env: {},
    home: path.join(folder, 'home'),
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
    input: sum((usage) => usage.input - usage.cached),
    output: sum((usage) => usage.output),
    cacheRead: sum((usage) => usage.cached),
    cacheWrite5m: 0,
    cacheWrite1h: 0,
  };
}

function runClew({ folder, bin }: CodexWorld, cwd: string, args: readonly string[]): string {
  const env = {
    PATH: `${bin}:${process.env['PATH'] ?? ''}`,
    HOME: path.join(folder, 'home'),
    CLEW_HOME: path.join(folder, 'clew'),
  };
  const ran = spawnSync(process.execPath, [program, ...args], { cwd, env, encoding: 'utf8' });
  if (ran.status === 0) return ran.stdout;
  throw new Error(`clew ${args.join(' ')} ended with ${ran.status}: ${ran.stderr.slice(-600)}`);
}
