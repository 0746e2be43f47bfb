// Going on with a session of any client: taken up by its own means for three turns, branched at the end of the second and
// in the middle of it, and resumed when the client's own record is gone. What the server was sent says whether each was
// given exactly the conversation until then.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report } from '../report.ts';
import type { Scenario } from './steps.ts';

const program =
  process.env['CLEW_PROGRAM'] || fileURLToPath(new URL('../../../bin/clew.mjs', import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly session: string | undefined;
}

export interface Client {
  /** The project, a git repository; below `home` the client keeps its records. */
  readonly work: string;
  readonly home: string;
  readonly clewHome: string;
  /** Where the client's command is. */
  readonly bin: string;
  /** Its hooks take checkpoints at every call. */
  readonly hasHooks: boolean;
  /** `more` goes into its environment. */
  begin(prompt: string, more?: Readonly<Record<string, string>>): Promise<Ran>;
  /** Runs a command as clew tells it, in a folder, but without the client's screen and with a prompt. */
  goOn(folder: string, command: readonly string[], prompt: string): Promise<Ran>;
  /** How a prompt names a scenario. */
  tag(scenario: Scenario): string;
  /** The conversation that was sent with the first request of a scenario, in lines. */
  sent(scenario: Scenario): readonly string[];
  /** What the client has kept of a session, in any form that can be compared. */
  record(session: string): string;
  /** Deletes it. */
  forget(session: string): void;
}

export interface Plan {
  readonly way: string;
  readonly why: string;
  readonly argv: readonly string[];
}
interface Branch {
  readonly name: string;
  readonly folder: string;
  readonly session: string | null;
  readonly from: string | null;
  readonly command: readonly string[];
}
interface Row {
  readonly id: string;
  readonly turns: number;
  readonly operations: number;
}

export async function goOn(client: Client, report: Report): Promise<void> {
  const { work } = client;
  const git = (...args: readonly string[]) => spawnSync('git', args, { cwd: work });
  git('init', '-q', '-b', 'main');
  for (const [name, value] of Object.entries({ name: 't', email: 't@example.invalid' }))
    git('config', `user.${name}`, value);
  git('commit', '-q', '--allow-empty', '-m', 'init');
  const clew = (...args: readonly string[]): string => runClew(client, args);
  const json = (...args: readonly string[]): unknown => JSON.parse(clew(...args, '--json'));
  const prompt = (scenario: Scenario): string => `Please go ahead. ${client.tag(scenario)}`;
  /** Without the prompt that asks for it. */
  const given = (scenario: Scenario): readonly string[] => client.sent(scenario).slice(0, -1);
  // What is late on a busy machine is another test's matter.
  mkdirSync(client.clewHome, { recursive: true });
  writeFileSync(path.join(client.clewHome, 'config.json'), '{"checkpoints":{"budgetMs":9000}}');
  clew('init', '--yes');

  const { code, session: original = '' } = await client.begin(prompt('one'));
  report.equal('begins', code, 0);
  /** As clew says that the client itself goes on. */
  const natively = async (scenario: Scenario): Promise<void> => {
    const plan = json('resume', original) as Plan;
    report.equal(`${scenario}: the client's own way`, plan.way, 'native');
    const ran = await client.goOn(work, plan.argv, prompt(scenario));
    report.equal(`${scenario}: is the same session`, [ran.code, ran.session], [0, original]);
  };
  await natively('two');
  if (!client.hasHooks) clew('checkpoint');
  await natively('three');
  await natively('four');
  report.holds('the client gives the whole conversation', given('four').length >= 10, given('four'));
  const { entries } = json('log', original) as { entries: { kind: string; key: string; text: string }[] };
  const turn = entries.find((one) => one.kind === 'prompt' && one.text.includes(client.tag('two')))?.key;
  const record = client.record(original);

  const branch = async (name: 'left' | 'right', point: string, files: object): Promise<Branch> => {
    const made = json('branch', point, name) as Branch;
    report.equal(`${name}: has the files of the moment`, filesIn(made.folder), files);
    const ran = await client.goOn(made.folder, made.command, prompt(name));
    report.equal(`${name}: goes on as the session that was cut`, [ran.code, ran.session], [0, made.session]);
    const asked = client.sent(name).at(-1) ?? '';
    report.holds(`${name}: is asked what to do`, asked.includes(prompt(name)), asked);
    return made;
  };
  const left = await branch('left', turn ?? '', { 'app.txt': 'two\n', 'more.txt': 'more\n' });
  report.equal('left: was given the conversation up to there', given('left'), given('three'));
  const points = (json('checkpoints') as { id: string; trigger: string }[]).toReversed();
  // The second call is the first of the second turn.
  const second = points.filter((one) => one.trigger === (client.hasHooks ? 'PostToolUse' : 'manual'));
  const point = second[client.hasHooks ? 1 : 0]?.id ?? '';
  const middle = client.hasHooks ? { 'app.txt': 'two\n' } : { 'app.txt': 'two\n', 'more.txt': 'more\n' };
  const right = await branch('right', point, middle);
  const whole = given('three');
  const asked = whole.findIndex((line) => line.includes(prompt('two')));
  const result = whole.findIndex((line, i) => i > asked && isResult(line));
  const end = whole.findIndex((line, i) => i > result && !isResult(line));
  report.equal(
    'right: was given the conversation up to there',
    given('right'),
    client.hasHooks ? whole.slice(0, end) : whole,
  );
  report.holds('the original is as it was', client.record(original) === record, '');

  report.equal(
    'branches',
    (json('branches') as Branch[]).map((one) => [one.name, one.session, one.from]),
    [left, right].map((one) => [one.name, one.session, original]),
  );
  const { a, b, files } = json('compare', 'left', 'right') as { a: Side; b: Side; files: { path: string }[] };
  report.equal(
    'compared',
    [a, b].map((side) => [side.session, side.turns, side.operations, side.outcome]),
    [left, right].map((one) => [one.session, 1, 1, `Done with ${one.name}.`]),
  );
  const differ = client.hasHooks ? ['app.txt', 'more.txt'] : ['app.txt'];
  report.equal(
    'files compared',
    files.map((one) => one.path),
    differ,
  );
  const rows = json('sessions') as Row[];
  report.equal(
    'each counts what it did itself',
    [original, left.session, right.session].map((id) => {
      const row = rows.find((one) => one.id === id);
      return [row?.turns, row?.operations];
    }),
    [
      [4, 4],
      [1, 1],
      [1, 1],
    ],
  );
  report.equal(
    'branches name what they are from',
    [left, right].map(
      (one) => (json('show', one.session ?? '') as { parentSessionId: string }).parentSessionId,
    ),
    [original, original],
  );

  client.forget(original);
  const plan = json('resume', original, '--print') as Plan;
  report.equal("gone: by clew's copy", plan.way, 'cut');
  const ran = await client.goOn(work, plan.argv, prompt('gone'));
  report.holds('gone: goes on', ran.code === 0 && plan.argv.includes(ran.session ?? '-'), [ran, plan]);
  report.equal('gone: was given exactly the conversation', given('gone'), [
    ...client.sent('four'),
    'assistant: Done with four.',
  ]);
}

/**
 * A session that clew has from a document (a chat of JSON, an export): its copy must give the model what the client gives
 * from its own record.
 */
export async function goOnFromDocument(
  client: Client,
  asDocument: (session: string) => string | Promise<string>,
  report: Report,
): Promise<void> {
  const prompt = (scenario: Scenario): string => `Please go ahead. ${client.tag(scenario)}`;
  const { session = '' } = await client.begin(prompt('one'));
  const clew = (...args: readonly string[]): string => runClew(client, args);
  clew('import', await asDocument(session));
  const { argv } = JSON.parse(clew('resume', session, '--folder', client.work, '--json')) as Plan;
  await client.goOn(client.work, argv, prompt('four'));
  client.forget(session);
  const plan = JSON.parse(clew('resume', session, '--folder', client.work, '--print', '--json')) as Plan;
  report.equal("by clew's copy", plan.way, 'cut');
  const ran = await client.goOn(client.work, plan.argv, prompt('gone'));
  report.holds('goes on', ran.code === 0 && plan.argv.includes(ran.session ?? '-'), [ran, plan]);
  const given = client.sent('gone').slice(0, -1);
  report.holds('was given something', given.length >= 4, given);
  report.equal('was given exactly the conversation', given, client.sent('four').slice(0, -1));
}

interface Side {
  readonly session: string | null;
  readonly turns: number;
  readonly operations: number;
  readonly outcome: string | null;
}

const isResult = (line: string): boolean => /^(?:user: )?result /.test(line);

const filesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name !== '.git')
      .toSorted()
      .map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]),
  );

export function runClew({ work, home, clewHome, bin }: Client, args: readonly string[]): string {
  const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: home, CLEW_HOME: clewHome };
  const ran = spawnSync(process.execPath, [program, ...args], { cwd: work, env, encoding: 'utf8' });
  if (ran.status === 0) return ran.stdout;
  throw new Error(`clew ${args.join(' ')} ended with ${ran.status}: ${ran.stderr.slice(-600)}`);
}
