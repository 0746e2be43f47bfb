// Thinning and packing with real hooks and git: what is kept is whole, what is not is told, nothing new is lost.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openClew } from '../index.ts';
import type { Clew } from '../index.ts';
import { tempFolder } from '../../test/support/home.ts';
import { filesBelow, testProject } from '../../test/support/project.ts';
import type { TestProject } from '../../test/support/project.ts';
import { choose } from './keep.ts';
import type { Candidate } from './keep.ts';
import { keptTrees } from './kept.ts';
import { objectsOf } from './objects.ts';
import { takeTree } from './take.ts';
import { tend } from './tend.ts';

const hour = 3_600_000;
const day = 24 * hour;

describe('what is kept', () => {
  const row = (id: string, daysAgo: number, more: Partial<Candidate> = {}): Candidate => ({
    id,
    at: 100 * day - daysAgo * day,
    root: '/p',
    trigger: 'PostToolUse',
    tree: id,
    session: 's',
    turn: 't',
    previous: null,
    ...more,
  });
  const kept = (rows: Candidate[], named: string[] = []): string[] => [
    ...choose(rows, 100 * day, 7, new Set(named)),
  ];

  test('all of seven days, then the ends of turns, then the ends of sessions', () => {
    const old = [5, 4, 3, 2, 1, 0].map((n) => row(`old${n}`, 40 + n / 10, { turn: n > 2 ? 't1' : 't2' }));
    const middle = [5, 4, 3, 2, 1, 0].map((n) =>
      row(`mid${n}`, 10 + n / 10, { session: 'm', turn: n > 2 ? 't3' : 't4' }),
    );
    const fresh = [2, 1].map((n) => row(`new${n}`, n, { session: 'n' }));
    const all = [...old, ...middle, ...fresh];
    expect(kept(all).toSorted()).toEqual(
      ['old5', 'old0', 'mid5', 'mid3', 'mid2', 'mid0', 'new2', 'new1'].toSorted(),
    );
  });

  test('those asked for, those of clew and of branches, and what a kept change is taken back with', () => {
    const rows = [
      row('a', 50),
      row('byHand', 49, { trigger: 'manual' }),
      row('before', 48, { trigger: 'before-undo' }),
      row('undo', 47, { trigger: 'undo' }),
      row('plain', 46),
      row('branched', 45),
      row('needed', 44),
      row('z', 43, { previous: 'needed' }),
    ];
    expect(rows.map((one) => one.id).filter((id) => !kept(rows, ['branched']).includes(id))).toEqual([
      'plain',
    ]);
  });
});

/** Makes everything in the store seem as old as that. What works in the background may move files meanwhile. */
function age(project: TestProject, ms: number): void {
  const then = `@${Math.round((Date.now() - ms) / 1000)}`;
  const store = path.join(project.context.clewHome, 'objects.git');
  spawnSync('find', [store, '-type', 'f', '-exec', 'touch', '-c', '-d', then, '{}', '+']);
}

function at(project: TestProject, later: number): Clew {
  return openClew({ context: { ...project.context, now: () => Date.now() + later } });
}

/** Waits for what runs in the background, then does it once more. */
async function tendAll({ context: { clewHome } }: TestProject): Promise<void> {
  while (existsSync(path.join(clewHome, 'objects.git', 'tend.pid')))
    await new Promise((resolve) => setTimeout(resolve, 20));
  tend(clewHome, { prune: true, wait: true });
}

function contentOf(project: TestProject, tree: string): Record<string, string> {
  const folder = tempFolder();
  objectsOf(project.context.clewHome).checkOut(tree, folder);
  return filesBelow(folder);
}

const gitOf = (project: TestProject, ...args: string[]): string =>
  execFileSync('git', ['--git-dir', path.join(project.context.clewHome, 'objects.git'), ...args], {
    encoding: 'utf8',
  });

/** A history over 60 days: each checkpoint's files by its id. */
async function history(project: TestProject): Promise<Map<string, Record<string, string>>> {
  await project.clew.takeCheckpoint();
  const states: Record<string, string>[] = [];
  const spool = path.join(project.context.clewHome, 'spool');
  const seen = new Set(readdirSync(spool));
  const times: number[] = [];
  for (let n = 0; n < 40; n++) {
    project.sh(
      `printf '%s\\n' ${n} $(seq 1 ${n * 7}) > f${n % 5}; mkdir -p d${n % 3}; echo ${n} > d${n % 3}/x`,
    );
    if (n % 6 === 0) project.sh(`rm -f f${(n + 1) % 5}; ln -sf f0 link${n % 2}`);
    project.hook(n % 8 === 0 ? 'UserPromptSubmit' : 'PostToolUse', {
      session_id: `5e55${Math.floor(n / 10)}000-0000-4000-8000-000000000000`,
      tool_name: 'Bash',
      tool_use_id: `t${n}`,
    });
    const time = Date.now() - (60 - n * 1.5) * day;
    times.push(time);
    states.push(project.files());
    for (const name of readdirSync(spool)) {
      if (seen.has(name)) continue;
      seen.add(name);
      utimesSync(path.join(spool, name), time / 1000, time / 1000);
    }
  }
  await project.clew.import();
  const byTime = new Map(times.map((time, n) => [Math.round(time / 1000), states[n] ?? {}]));
  return new Map(
    project.clew
      .checkpoints()
      .filter((one) => one.trigger !== 'manual')
      .map((one) => [one.id, byTime.get(Math.round(Date.parse(one.at ?? '') / 1000)) ?? {}]),
  );
}

test('what is kept can be restored byte for byte after thinning, pruning and packing; the rest says so', async () => {
  const project = testProject();
  const states = await history(project);
  expect(states.size).toBe(40);
  age(project, 3 * hour);
  const [first, second] = [at(project, 25 * hour), at(project, 51 * hour)];
  await first.import();
  await second.import();
  await tendAll(project);
  const rows = second.checkpoints().filter((one) => states.has(one.id));
  const kept = rows.filter((one) => !one.thinned);
  expect(kept.length).toBeGreaterThan(6);
  expect(kept.length).toBeLessThan(32);
  for (const one of kept) expect(contentOf(project, one.tree ?? '')).toEqual(states.get(one.id));
  const gone = rows.find((one) => one.thinned && one.operation !== null);
  await expect(second.restore(gone?.id ?? '')).rejects.toMatchObject({ code: 'NO_CHECKPOINT' });
  expect(() => gitOf(project, 'cat-file', '-e', `${gone?.tree}^{tree}`)).toThrow('Command failed');
  gitOf(project, 'fsck', '--connectivity-only');
  expect(gitOf(project, 'count-objects', '-v')).toMatch(/^count: 0$/m);

  // Of packs, too, what nothing needs goes: a day later all but the ends of sessions.
  const last = [at(project, 80 * day), at(project, 82 * day)];
  age(project, 3 * hour);
  for (const clew of last) await clew.import();
  age(project, 3 * hour);
  await tendAll(project);
  const rest = last[1]!.checkpoints().filter((one) => states.has(one.id) && !one.thinned);
  expect(rest.length).toBeLessThan(kept.length);
  for (const one of rest) expect(contentOf(project, one.tree ?? '')).toEqual(states.get(one.id));
  gitOf(project, 'fsck', '--connectivity-only');

  // What was put aside is deleted at the next look.
  age(project, 3 * hour);
  await tendAll(project);
  expect(readdirSync(path.join(project.context.clewHome, 'objects.git', 'dropped'))).toEqual([]);
  for (const one of rest) expect(contentOf(project, one.tree ?? '')).toEqual(states.get(one.id));

  // The index made anew says the same of what is kept.
  last[1]!.reindex();
  await last[1]!.import();
  expect(
    last[1]!
      .checkpoints()
      .filter((one) => states.has(one.id) && !one.thinned)
      .map((one) => one.id),
  ).toEqual(rest.map((one) => one.id));
  // What is there now is taken as ever, though its contents were packed away.
  expect(contentOf(project, takeTree(project.context, project.root))).toEqual(project.files());
  for (const clew of [first, second, ...last]) clew.close();
}, 120_000);

test('a pack of which little is needed is replaced by one with the rest', async () => {
  const project = testProject();
  const { clewHome } = project.context;
  const trees = [1, 2, 3, 4, 5].map((n) => {
    project.sh(`head -c 50000 /dev/urandom > f${n % 2}`);
    return takeTree(project.context, project.root);
  });
  await tendAll(project);
  for (const tree of trees.slice(1, -1)) gitOf(project, 'update-ref', '-d', `refs/checkpoints/${tree}`);
  const files = contentOf(project, trees[0] ?? '');
  for (let n = 0; n < 2; n++) {
    age(project, 3 * hour);
    tend(clewHome, { prune: true, wait: true });
  }
  expect(contentOf(project, trees[0] ?? '')).toEqual(files);
  expect(contentOf(project, trees.at(-1) ?? '')).toEqual(project.files());
  for (const tree of trees.slice(1, -1))
    expect(() => gitOf(project, 'cat-file', '-e', tree)).toThrow('Command failed');
  expect(readdirSync(path.join(clewHome, 'objects.git', 'dropped'))).toEqual([]);
});

test('a pack that was put aside comes back where a ref turns out to need it', async () => {
  const project = testProject();
  project.sh('echo 1 > a; echo 2 > b');
  const tree = takeTree(project.context, project.root);
  await tendAll(project);
  const store = path.join(project.context.clewHome, 'objects.git');
  execFileSync('sh', ['-c', 'mkdir -p dropped; mv objects/pack/* dropped/'], { cwd: store });
  age(project, 3 * hour);
  await tendAll(project);
  expect(contentOf(project, tree)).toEqual({ a: '- 1\n', b: '- 2\n' });
});

test('a tree that comes again while its ref is aside is kept', async () => {
  const project = testProject();
  await history(project);
  age(project, 3 * hour);
  const first = at(project, 25 * hour);
  await first.import();
  const store = path.join(project.context.clewHome, 'objects.git');
  const [aside = ''] = readdirSync(path.join(store, 'refs', 'thinned'));
  expect(aside).toMatch(/^[0-9a-f]{40}$/);
  project.sh(`rm -rf ./*; git --git-dir='${store}' --work-tree=. checkout -q ${aside} -- .`);
  project.hook('PostToolUse', { tool_name: 'Bash', tool_use_id: 'again' });
  project.sh('echo on > on');
  project.hook('Stop');
  const second = at(project, 51 * hour);
  await second.import();
  await tendAll(project);
  expect(keptTrees(project.context.clewHome).has(aside)).toBe(true);
  expect(Object.keys(contentOf(project, aside)).length).toBeGreaterThan(0);
  first.close();
  second.close();
});

test('hooks that write meanwhile lose nothing, nor does one that was killed before its tree', async () => {
  const project = testProject();
  project.sh('for n in $(seq 1 300); do echo $n > f$n; done');
  takeTree(project.context, project.root);
  // Contents are in the index, but in no tree yet.
  const other = path.join(path.dirname(project.root), 'other');
  project.sh(`mkdir ${other}; echo one > ${other}/one`);
  takeTree(project.context, other);
  const state = path.join(project.context.clewHome, `workspaces${other}`, '%clew');
  project.sh(`echo two > ${other}/two`);
  spawnSync('git', ['--git-dir', state, '--work-tree', other, 'update-index', '--add', 'two'], {
    cwd: other,
  });
  age(project, 3 * hour);
  const states: [string, Record<string, string>][] = [];
  for (let n = 0; n < 12; n++) {
    tend(project.context.clewHome, { prune: true });
    project.sh(`echo ${n} > f${n}; rm f${300 - n}; echo ${n % 3} > again`);
    states.push([takeTree(project.context, project.root), project.files()]);
    if (n % 4 === 0) age(project, 0.5 * hour);
  }
  await tendAll(project);
  for (const [tree, files] of states) expect(contentOf(project, tree)).toEqual(files);
  expect(contentOf(project, takeTree(project.context, other))).toEqual({ one: '- one\n', two: '- two\n' });
  expect(readFileSync(path.join(state, 'HEAD'), 'utf8').trim()).toMatch(/^[0-9a-f]{40}$/);
}, 60_000);
