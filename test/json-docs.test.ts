// docs/json.md is the promise on what --json prints, so it is read here as a schema: what the CLI prints for the sample
// sessions must be just what the page says, field by field. The samples are what their script makes.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { openClew, systemContext } from '../src/index.ts';
import { makeBeads } from './support/beads.ts';
import { createRecorder } from '../src/journal/index.ts';
import { testHome } from './support/home.ts';
import { decided, decidedSession, sha } from './support/decided.ts';
import { session, testProject } from './support/project.ts';
import { spentHome } from './support/spent.ts';
import { program } from './support/program.ts';

const root = path.join(import.meta.dirname, '..');
const page = readFileSync(path.join(root, 'docs', 'json.md'), 'utf8');
const clewHome = mkdtempSync(path.join(os.tmpdir(), 'clew-json-'));
afterAll(() => rmSync(clewHome, { recursive: true, force: true }));

interface Field {
  readonly type: string;
  readonly optional: boolean;
}

/** Every shape of the page: the fields of the table below its heading, with those of the shape that it extends. */
const shapes = new Map<string, Map<string, Field>>();
for (const [, name = '', body = ''] of page.matchAll(/^### (\w+)\n([^]*?)(?=^##|(?![^]))/gm)) {
  const inherited = /All fields of \[(\w+)\]/.exec(body)?.[1];
  const fields = new Map(inherited === undefined ? [] : shapes.get(inherited));
  for (const [, field = '', type = '', meaning = ''] of body.matchAll(
    /^\| `(\w+)` \| ([^|]*) \| ([^|]*)\|$/gm,
  ))
    fields.set(field, {
      type: type.replaceAll(/\[(\w+)\]\(#\w+\)/g, '$1').trim(),
      optional: meaning.includes('*may be absent*'),
    });
  if (name !== 'Kinds') shapes.set(name, fields);
}

/** What each kind's `detail` may hold. */
const details = new Map(
  [...(/### Kinds\n([^]*?)\n### /.exec(page)?.[1] ?? '').matchAll(/^\| `(\w+)` \|[^|]*\|([^|]*)\|$/gm)].map(
    ([, kind = '', cell = '']) => [kind, new Set([...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name))],
  ),
);

const met = new Set<string>();

/** Where a value differs from what the page says. */
function differences(value: unknown, type: string, at: string): string[] {
  if (type.endsWith(' or null'))
    return value === null ? [] : differences(value, type.slice(0, -' or null'.length), at);
  if (type.endsWith('[]'))
    return Array.isArray(value)
      ? value.flatMap((one, i) => differences(one, type.slice(0, -2), `${at}[${i}]`))
      : [`${at} is no list`];
  if (type.startsWith('map of '))
    return Object.entries(value as object).flatMap(([key, one]) =>
      differences(one, type.slice('map of '.length), `${at}.${key}`),
    );
  if (type === 'any') return [];
  if (type === 'integer') return Number.isSafeInteger(value) ? [] : [`${at} is no integer`];
  if (type === 'time')
    return typeof value === 'string' && new Date(value).toISOString() === value ? [] : [`${at} is no time`];
  if (type === 'string' || type === 'number' || type === 'boolean')
    return typeof value === type ? [] : [`${at} is no ${type}`];
  const fields = shapes.get(type);
  if (!fields) return [`${at}: the page has no shape ${type}`];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at} is no ${type}`];
  met.add(type);
  return [
    ...Object.keys(value)
      .filter((key) => !fields.has(key))
      .map((key) => `${at}.${key} is not described`),
    ...[...fields].flatMap(([key, field]) => {
      if (!(key in value)) return field.optional ? [] : [`${at}.${key} is not there`];
      return differences((value as Record<string, unknown>)[key], field.type, `${at}.${key}`);
    }),
    ...(type === 'TimelineEntry'
      ? undescribedDetail(value as { kind: string; detail: object | null }, at)
      : []),
  ];
}

const undescribedDetail = ({ kind, detail }: { kind: string; detail: object | null }, at: string): string[] =>
  details.has(kind)
    ? Object.keys(detail ?? {})
        .filter((key) => !details.get(kind)?.has(key))
        .map((key) => `${at}: ${kind}.detail.${key} is not described`)
    : [`${at}: the kind ${kind} is not described`];

const run = promisify(execFile);
const env = { ...process.env, HOME: path.join(root, 'demo'), CLEW_HOME: clewHome, CLAUDE_CONFIG_DIR: '' };
/** Runs the CLI over the sample sessions. */
async function clew(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  const out: { stdout: string; stderr: string } = await run(process.execPath, [program, ...args], {
    env,
    maxBuffer: 1 << 26,
  }).catch((error: unknown) => error as { stdout: string; stderr: string });
  return out;
}
const json = async (...args: string[]): Promise<unknown> =>
  JSON.parse((await clew(...args)).stdout) as unknown;

/** What a command prints, where it is of the shape that the page says. */
async function printed(type: string, ...args: string[]): Promise<unknown> {
  const value = await json(...args);
  const found = differences(value, type, args.join(' '));
  if (found.length > 0) throw new Error(found.join('\n'));
  return value;
}

describe('docs/json.md says what is printed by', () => {
  test('import, sessions, show and log', async () => {
    await printed('IngestReport', 'import', '--json');
    const sessions = (await printed('SessionRow[]', 'sessions', '--json')) as { id: string }[];
    expect(sessions).toHaveLength(6);
    const id = sessions[0]?.id ?? '';
    await printed('SessionDetail', 'show', id, '--json');
    const { entries } = (await printed('Timeline', 'log', id, '--json')) as {
      entries: { key: string; kind: string; operation?: { name: string } }[];
    };
    const prompt = entries.find((entry) => entry.kind === 'prompt')?.key ?? '';
    const edit = entries.find((entry) => entry.operation?.name === 'Edit')?.key ?? '';
    await printed('TurnDetail', 'show', prompt, '--json');
    await printed('OperationDetail', 'show', edit, '--json');
    await printed('Export', 'export', id, '--format', 'json');
  });

  test('and what the library returns of every session', () => {
    const clew = openClew({ context: { ...systemContext(env), clewHome } });
    const found = clew
      .sessions()
      .flatMap(({ id }) => [
        ...differences(clew.session(id), 'SessionDetail', id),
        ...differences(clew.timeline(id), 'Timeline', id),
      ]);
    clew.close();
    expect(found).toEqual([]);
  });

  test('overview, search and files', async () => {
    const shown = await Promise.all([
      printed('Overview', '--json'),
      printed('SearchHit[]', 'search', 'stations', '--json'),
      printed('FileSummary[]', 'files', '--json'),
      printed('FileTouch[]', 'files', '/home/mira/tidetable/data/stations.csv', '--json'),
    ]);
    expect(shown).not.toContain(undefined);
  });

  test('usage, its explanations, and the open block', async () => {
    const shown = await Promise.all([
      printed('UsageReport', 'usage', '--all', '--breakdown', '--limit', '1', '--json'),
      printed('UsageReport', 'usage', 'month', '--by', 'session', '--all', '--json'),
      printed('UsageExplanation', 'usage', '--explain', 'c07d2a9e', '--json'),
    ]);
    expect(shown).not.toContain(undefined);
    const context = { ...systemContext(env), clewHome, now: () => Date.parse('2026-11-03T08:30:00Z') };
    const clew = openClew({ context });
    const blocks = clew.usage({ group: '5h', all: true, tokenLimit: 'max' });
    clew.close();
    expect(blocks.active?.burn).not.toBeNull();
    expect(differences(blocks, 'UsageReport', 'usage 5h')).toEqual([]);
  });

  test('handoff, resume and replay', async () => {
    const shown = await Promise.all([
      printed('Handoff', 'handoff', '0e64b7d3', '--json'),
      printed('ResumePlan', 'resume', '0e64b7d3', '--json'),
    ]);
    expect(shown).not.toContain(undefined);
    await printed('Replay', 'replay', '0e64b7d3', '--json');
    const clew = openClew({ context: { ...systemContext(env), clewHome } });
    const handoffs = clew.sessions().map(({ id }) => clew.handoff(id));
    clew.close();
    expect(handoffs.flatMap((one) => differences(one, 'Handoff', one.session))).toEqual([]);
  });

  test('checkpoints, undo, restore and branches', { timeout: 60_000 }, async () => {
    const project = testProject();
    project.sh('echo 1 > a; git add -A; git commit -qm one; mkfifo pipe; git init -q inner');
    const point = await project.clew.takeCheckpoint({ message: 'one' });
    project.hook('UserPromptSubmit', { prompt: 'go' });
    project.bash('t1', 'echo 2 > a');
    await project.clew.import();
    const { clew } = project;
    const undone = await clew.undo('t1');
    project.sh('cd inner; git -c user.name=u -c user.email=u@example.org commit -q --allow-empty -m x');
    const shown: [unknown, string][] = [
      [clew.checkpoints(), 'CheckpointRow[]'],
      [clew.checkpoints().map((one) => clew.checkpoint(one.id)), 'CheckpointDetail[]'],
      [undone, 'FileReport'],
      [await clew.restore(point.id, { dryRun: true }), 'FileReport'],
      [clew.checkpointFiles(point.id), 'CheckpointFiles'],
      [clew.checkpointFile(point.id, 'a'), 'FileContent'],
      [clew.storeSize(), 'StoreSize'],
      [clew.operation('t1'), 'OperationDetail'],
    ];
    await clew.redo();
    project.sh('echo 3 > a');
    shown.push([await clew.undo('t1'), 'FileReport'], [await clew.branch(point.id), 'Branch']);
    shown.push([clew.branches(), 'Branch[]']);
    shown.push([clew.compare('original', clew.branches()[0]?.name ?? ''), 'Comparison']);
    expect(shown.flatMap(([value, type]) => differences(value, type, type))).toEqual([]);
  });

  test('active', async () => {
    await printed('ActiveReport', 'active', '--json');
    const home = testHome();
    for (const name of [session, session.replaceAll('1', '9')]) {
      const told = {
        sessionId: name,
        cwd: '/work/shop',
        uuid: `${name}-1`,
        timestamp: new Date().toISOString(),
      };
      const usage = { input_tokens: 1, output_tokens: 1 };
      const input = { file_path: '/work/shop/cart.ts', content: 'x\n' };
      const content = [{ type: 'tool_use', id: `${name}-call`, name: 'Write', input }];
      const message = { id: name, role: 'assistant', model: 'm', stop_reason: 'tool_use', usage, content };
      const toolUseResult = {
        type: 'create',
        filePath: input.file_path,
        content: 'x\n',
        structuredPatch: [],
      };
      const result = [{ type: 'tool_result', tool_use_id: `${name}-call`, content: 'ok' }];
      home.write(`p/${name}.jsonl`, [
        { ...told, type: 'assistant', message },
        {
          ...told,
          uuid: `${name}-2`,
          type: 'user',
          message: { role: 'user', content: result },
          toolUseResult,
        },
      ]);
    }
    const clew = home.open();
    await clew.import();
    const report = clew.active();
    expect(report.warnings.map((one) => one.kind)).toEqual(['file', 'worktree']);
    expect(differences(report, 'ActiveReport', 'active')).toEqual([]);
  });

  test('sessions kept by hand', { timeout: 60_000 }, async () => {
    const { clew } = testProject();
    const started = await clew.startSession({ project: '.', goal: 'try it', modelTier: '3' });
    const shown: [unknown, string][] = [
      [started, 'StartedSession'],
      [await clew.addInteraction(started.id, { type: 'custom', metadata: { a: 1 } }), 'Interaction'],
      [await clew.snapshotSession(started.id), 'ContextSnapshot'],
      [clew.sessionHistory(started.id), 'Interaction[]'],
      [clew.keptSessions(), 'KeptRow[]'],
      [await clew.endSession(started.id), 'SessionChange'],
    ];
    expect(shown.flatMap(([value, type]) => differences(value, type, type))).toEqual([]);
  });

  test('commits', { timeout: 60_000 }, async () => {
    const project = testProject();
    project.hook('UserPromptSubmit', { prompt: 'go' });
    project.bash('t1', 'echo 1 > a; git add -A; git commit -qm one');
    await project.clew.import();
    const { clew } = project;
    const rows = clew.commits();
    expect(rows.map((row) => row.sessions.length)).toEqual([1]);
    expect(differences(rows, 'CommitRow[]', 'commits')).toEqual([]);
    expect(differences(clew.commit(rows[0]?.sha ?? ''), 'CommitDetail', 'commit')).toEqual([]);
    expect(differences(clew.initGit({ dryRun: true }), 'HookReport', 'init --git')).toEqual([]);
  });

  test('reindex, verify, doctor and init', async () => {
    await printed('ReindexReport', 'reindex', '--json');
    const shown = await Promise.all([
      printed('VerifyReport', 'verify', '--json'),
      printed('AgentSummary[]', 'agents', '--json'),
      printed('Stats', 'stats', '--since', '2020-01-01', '--json'),
      printed('DailySummary', 'daily', '--json'),
      printed('ProjectSummary', 'project', '--json'),
      printed('DoctorReport', 'doctor', '--json'),
      printed('HookReport', 'init', '--dry-run', '--json'),
    ]);
    expect(shown).not.toContain(undefined);
  });

  test('prices', async () => {
    const project = testProject();
    const table = {
      format: 1,
      version: '9999-01-01',
      models: {
        'gpt-5': {
          provider: 'openai',
          prices: [{ input: 1, output: 2, longContext: [{ above: 9, input: 2, output: 3 }] }],
        },
      },
    };
    const { clewHome, cwd, home } = project.context;
    writeFileSync(
      path.join(clewHome, 'config.json'),
      JSON.stringify({ prices: { discounts: [{ percent: 5 }] } }),
    );
    writeFileSync(path.join(cwd, 'prices.json'), JSON.stringify(table));
    const clew = openClew({ context: project.context });
    const told = {
      sessionId: session,
      uuid: 'u',
      timestamp: '2026-11-12T14:00:00.000Z',
      cwd,
      type: 'assistant',
    };
    const usage = { input_tokens: 7, output_tokens: 1 };
    const message = {
      id: 'm',
      role: 'assistant',
      model: 'nobody-knows',
      stop_reason: 'end_turn',
      usage,
      content: [],
    };
    mkdirSync(path.join(home, '.claude', 'projects', 'p'));
    writeFileSync(
      path.join(home, '.claude', 'projects', 'p', `${session}.jsonl`),
      `${JSON.stringify({ ...told, message })}\n`,
    );
    await clew.import();
    const shown: [unknown, string][] = [
      [clew.prices(), 'PriceList'],
      [await clew.updatePrices('prices.json'), 'PriceUpdate'],
      [clew.resetPrices(), 'PriceReset'],
    ];
    clew.close();
    expect(shown.flatMap(([value, type]) => differences(value, type, type))).toEqual([]);
    await printed('PriceList', 'prices', '--json');
  });

  test('limits and alerts', async () => {
    const bounds = { cost: { soft: 0.001 }, tokens: { hard: 2000 } };
    const now = '2026-11-20T12:30:00Z';
    const spent = { at: now, tokens: 1900, failed: 20, blocked: 20 };
    const clew = spentHome(
      now,
      { limits: { session: bounds, day: bounds, project: { '*': bounds } } },
      spent,
    ).open();
    await clew.import();
    const shown: [readonly unknown[], string][] = [
      [clew.limits(), 'LimitState[]'],
      [clew.alerts(), 'Alert[]'],
      [clew.overview().attention, 'Attention[]'],
    ];
    expect(shown.map(([all]) => all.length)).toEqual([6, 8, 8]);
    expect(shown.flatMap(([value, type]) => differences(value, type, type))).toEqual([]);
    await printed('LimitState[]', 'limits', '--json');
    await printed('Alert[]', 'alerts', '--json');
  });

  test('events', async () => {
    const id = (await clew('event', 'test.run_started', '--test-suite', 'unit')).stdout.trim();
    expect(await printed('RecordedEvent[]', 'events', '--json')).toMatchObject([{ id }]);
  });

  test('operations, why, work, decisions, and what else is recorded', async () => {
    const home = testHome();
    decidedSession(home, home.context.cwd, Date.parse('2026-03-01T12:00:00Z'));
    const clew = home.open();
    await clew.import();
    const how = { session: decided };
    const shown: [unknown, string][] = [
      [await clew.startWork('bd-1', how), 'WorkChange'],
      [await clew.setWorkStatus('bd-1', 'in_review', how), 'WorkChange'],
      [await clew.useSkill('pdf', { ...how, contextAdded: 3 }), 'SkillUse'],
      [await clew.recordMetric('coverage', 0.8, { ...how, metadata: { of: 'main' } }), 'Metric'],
      [await clew.recordNote('remember', how), 'Note'],
      [await clew.recordDecision({ question: 'Now?', selected: 'yes', confidence: 1 }, how), 'Decision'],
      [clew.decisions(), 'Decision[]'],
      [clew.metrics(decided), 'Metric[]'],
      [clew.operations(), 'ListedOperation[]'],
      [clew.why('toolu_two'), 'Why'],
      [clew.why(sha), 'Why'],
      [clew.why('bd-1'), 'Why'],
      [clew.agentFigures('claude-code'), 'AgentFigures'],
      [clew.issueFigures('bd-1'), 'IssueFigures'],
      [clew.skillFigures('pdf'), 'SkillFigures'],
      [clew.overallFigures(), 'OverallFigures'],
      [clew.sessionDurations(), 'SessionDuration[]'],
    ];
    expect(shown.flatMap(([value, type]) => differences(value, type, type))).toEqual([]);
    await printed('ListedOperation[]', 'operations', '--json');
    await printed('Decision[]', 'decisions', '--json');
  });

  test('issues', async () => {
    const { clew, root: folder, hook, sh } = testProject();
    makeBeads(folder, '0.50.3');
    const { issues } = await clew.issues();
    hook('UserPromptSubmit', { prompt: 'Do bd-a3f2' });
    createRecorder(clew.context, clew.config).recordAll([
      { kind: 'work', id: 'w', subject: 'bd-a3f2', session },
      { kind: 'work_done', parent: 'w' },
      { kind: 'work', subject: 'AB-1', root: folder, text: 'in no tracker' },
      { kind: 'commit_link', subject: sha, session, text: 'bd-a3f2' },
    ]);
    sh('rm -rf .beads');
    await clew.import();
    const detail = await clew.issue('bd-a3f2');
    expect([detail.sessions.length, detail.commits.length, detail.issue?.title]).toEqual([
      1,
      1,
      issues[0]?.title,
    ]);
    sh('mkdir .beads');
    makeBeads(folder, '0.50.3');
    const shown: [unknown, string][] = [
      [await clew.issues(), 'IssueList'],
      [detail, 'IssueDetail'],
      [await clew.issue('bd-a3f2'), 'IssueDetail'],
      [await clew.syncBeads(), 'BeadsSync'],
    ];
    expect(shown.flatMap(([value, type]) => differences(value, type, type))).toEqual([]);
  });

  test('blame and attribution', { timeout: 60_000 }, async () => {
    const { clew, sh, bash } = testProject();
    sh('echo 1 > a; git add -A; git commit -qm one');
    await clew.takeCheckpoint();
    bash('t1', 'echo 2 >> a');
    sh('git commit -qam two');
    await clew.import();
    const shown: [unknown, string][] = [
      [clew.blame('a'), 'BlameLine[]'],
      [clew.attribution('HEAD', { retainedDays: 0 }), 'AttributionReport'],
      [clew.writeNotes('HEAD'), 'NotesWritten'],
    ];
    expect(shown.flatMap(([value, type]) => differences(value, type, type))).toEqual([]);
  });

  test('a command that fails', async () => {
    const { stderr } = await clew('show', 'there-is-no-such-id', '--json');
    expect(differences(JSON.parse(stderr.trim().split('\n').at(-1) ?? ''), 'Failure', 'failure')).toEqual([]);
  });

  test('and the samples show nearly every shape', () => {
    const rare = new Set([
      'UnpricedTokens',
      'Problem',
      'Oddity',
      'FileFailure',
      'Attention',
      'Recommendation',
    ]);
    rare.add('Outcomes'); // only others extend it
    rare.add('LineCounts'); // the same
    expect([...shapes.keys()].filter((name) => !met.has(name) && !rare.has(name))).toEqual([]);
  });
});

test('every address within the page leads somewhere', () => {
  const headings = new Set(
    [...page.matchAll(/^#+ (.*)$/gm)].map(([, words = '']) => words.toLowerCase().replaceAll(' ', '-')),
  );
  for (const [, anchor = ''] of page.matchAll(/\]\(#([^)]*)\)/g)) expect(headings).toContain(anchor);
});

test('the samples are what scripts/make-demo.mjs makes, and no more', async () => {
  await run(process.execPath, [path.join(root, 'scripts', 'make-demo.mjs'), '--check']);
  const made = readdirSync(path.join(root, 'demo'), { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile(),
  );
  expect(made).toHaveLength(11);
});
