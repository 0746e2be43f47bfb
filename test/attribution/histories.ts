// Random histories of a repository in which agents and a person work side by side, with all that git can do to what they
// wrote; then every line of every commit is attributed, and compared with who is known to have written it.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { bare, before, createWorld, human } from './world.ts';
import type { World } from './world.ts';

const kinds =
  'agent agent agent agent human human human overlap look commit commit commit partial partial amend rebase squash forge pick stash rename revert reformat undo'.split(
    ' ',
  ) as Kind[];
type Kind =
  | ('agent' | 'human' | 'overlap' | 'look' | 'commit' | 'partial' | 'amend' | 'rebase')
  | ('squash' | 'forge' | 'pick' | 'stash' | 'rename' | 'revert' | 'reformat' | 'undo');
interface Event {
  readonly kind: Kind;
  readonly seed: number;
}
const histories = fc.array(fc.record({ kind: fc.constantFrom(...kinds), seed: fc.nat() }), {
  minLength: 8,
  maxLength: 16,
});

interface Tally {
  lines: number;
  right: number;
  /** Who it was told to be though it was somebody else. */
  readonly wrong: string[];
  readonly unsure: string[];
}

/** mulberry32 */
function randomOf(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * n);
  };
}

/** Runs histories; gives how many lines were told right, and every line that was told wrong. */
export async function checkHistories(numRuns: number, seed?: number): Promise<Tally> {
  const tally: Tally = { lines: 0, right: 0, wrong: [], unsure: [] };
  const property = fc.asyncProperty(histories, (events) => runHistory(events, tally));
  await fc.assert(property, { numRuns, endOnFailure: true, ...(seed !== undefined && { seed }) });
  return tally;
}

async function runHistory(events: readonly Event[], tally: Tally): Promise<void> {
  let seed = 0;
  let next = randomOf(seed);
  const world = createWorld((n) => (n <= 0 ? 0 : next(n)));
  const { project } = world;
  world.write('a.ts', []);
  for (const name of ['a.ts', 'b.ts']) {
    world.write(name, []);
    for (let n = 0; n < 4; n++) world.edit(before, name);
  }
  world.both('add', '.');
  world.both('commit', '-qm', 'before clew');
  // Their times are finer than the reflog's, and all of this happens within seconds.
  project.clew.initGit();
  await project.clew.takeCheckpoint();
  project.hook('SessionStart');
  for (const [i, event] of events.entries()) {
    seed = event.seed;
    next = randomOf(seed);
    await happen(world, event.kind, `op${i}`);
  }
  project.hook('Stop');
  await project.clew.import();
  compare(world, tally);
  project.clew.close();
  world.remove();
}

/** Something that an agent does in one call. */
function operation({ project }: World, id: string, work: () => void, tool = 'Bash', session?: string): void {
  const call = {
    tool_name: tool,
    tool_input: tool === 'Bash' ? { command: id } : { file_path: path.join(project.root, 'a.ts') },
    tool_use_id: id,
    ...(session && { session_id: session }),
  };
  project.hook('PreToolUse', call);
  work();
  project.hook('PostToolUse', call);
}

async function happen(world: World, kind: Kind, id: string): Promise<void> {
  const { project, both, random, attempt } = world;
  const commitAll = (message = id): boolean =>
    both('add', '-A') && both('commit', '-q', '--allow-empty', '-m', message);
  /** By the user, or by an agent in its shell. */
  const byAny = (work: () => void): void => (random(4) === 0 ? operation(world, id, work) : work());
  /** Some work of anybody's, told by `n`. */
  const work = (n: number): void =>
    random(2) === 0 ? operation(world, `${id}.${n}`, () => world.edit(`${id}.${n}`)) : world.edit(human);
  switch (kind) {
    case 'agent':
      return operation(world, id, () => world.edit(id), random(2) === 0 ? 'Bash' : 'Edit');
    case 'human':
      return world.edit(human);
    case 'look':
      return project.hook('UserPromptSubmit');
    case 'overlap': {
      const other = { session_id: '22222222-2222-4333-8444-555555555555' };
      const call = (n: number): object => ({
        ...(n > 0 && other),
        tool_name: 'Bash',
        tool_input: { command: `${id}.${n}` },
        tool_use_id: `${id}.${n}`,
      });
      project.hook('PreToolUse', call(0));
      if (random(2) === 0) world.edit(`${id}.0`);
      project.hook('PreToolUse', call(1));
      world.edit(`${id}.0`);
      world.edit(`${id}.1`);
      project.hook('PostToolUse', call(0));
      if (random(2) === 0) world.edit(`${id}.1`);
      return project.hook('PostToolUse', call(1));
    }
    case 'commit':
      return byAny(() => void commitAll());
    case 'partial':
      world.stageSome();
      return void both('commit', '-q', '--allow-empty', '-m', id);
    case 'amend':
      if (random(2) === 0) world.edit(human);
      return byAny(
        () => void (both('add', '-A') && both('commit', '-q', '--amend', '--allow-empty', '-m', id)),
      );
    case 'rebase': {
      commitAll();
      const order = path.join(project.context.home, 'order.sh');
      const count = 2 + random(3);
      const words = Array.from({ length: count }, (_, i) =>
        i === 0 ? 'pick' : (['pick', 'squash', 'fixup', 'drop'][random(4)] ?? 'pick'),
      );
      // The lines of the list in another order, each with a word of its own.
      const keep = `awk -v words="${words.join(' ')}" -v swap=${random(2)} 'BEGIN { n = split(words, w, " ") }
        /^pick/ { rest[++m] = substr($0, 6) }
        END { if (swap && m > 1) { t = rest[1]; rest[1] = rest[2]; rest[2] = t }
          for (i = 1; i <= m; i++) print w[i] " " rest[i] }' "$1" > "$1.new" && mv "$1.new" "$1"`;
      writeFileSync(order, keep);
      return byAny(() =>
        attempt(() => {
          if (world.git(world.shadow, ['rev-parse', '-q', '--verify', `HEAD~${count}`]).status !== 0)
            return true;
          return (
            [project.root, world.shadow]
              .map((root) =>
                world.git(root, ['rebase', '-q', '-i', '--empty=keep', `HEAD~${count}`], {
                  env: { GIT_SEQUENCE_EDITOR: `sh ${order}` },
                }),
              )
              .every(({ status }) => status === 0) && both('status')
          );
        }),
      );
    }
    case 'squash':
    case 'forge':
    case 'pick': {
      commitAll();
      return attempt(() => {
        both('checkout', '-q', '-b', id);
        for (let n = 0; n < 1 + random(3); n++) {
          work(n);
          if (!commitAll(`${id}.${n}`)) return false;
        }
        if (!both('checkout', '-q', 'main')) return false;
        if (random(2) === 0) {
          work(8);
          if (!commitAll(`${id}.8`)) return false;
        }
        if (kind === 'squash')
          return both('merge', '-q', '--squash', id) && both('commit', '-q', '--allow-empty', '-m', id);
        if (kind === 'pick')
          return both('cherry-pick', '--keep-redundant-commits', '--allow-empty', `main..${id}`);
        return forge(world, id);
      });
    }
    case 'stash': {
      if (world.isClean()) work(0);
      if (world.isClean()) return;
      if (!both('stash', '-q', '-u')) throw new Error('git stash failed');
      const other = random(3);
      if (other === 1) project.hook('UserPromptSubmit');
      if (other === 2) {
        work(1);
        commitAll();
      }
      return attempt(() => {
        if (both('stash', 'pop', '-q')) return true;
        both('reset', '-q', '--hard');
        both('stash', 'drop', '-q');
        return false;
      });
    }
    case 'rename': {
      const name = world.pick(world.names());
      return name === undefined ? undefined : byAny(() => world.move(name, `r${id}.ts`));
    }
    case 'revert':
      commitAll();
      return byAny(() => attempt(() => both('revert', '--no-edit', `HEAD~${random(2)}`)));
    case 'reformat': {
      const name = world.pick(world.names());
      const pad = ['  ', '\t', ''][random(3)] ?? '';
      const indent = (line: string): string => (bare(line).trim() === '' ? line : pad + line.trimStart());
      return name === undefined ? undefined : byAny(() => world.write(name, world.linesOf(name).map(indent)));
    }
    case 'undo': {
      const names = world.names();
      const kept = names.map((name) => [name, world.linesOf(name)] as const);
      operation(world, id, () => world.edit(id));
      await project.clew.import();
      if ((await project.clew.undo(id).catch(() => undefined))?.done !== true) return;
      for (const [name, lines] of kept) world.write(name, lines);
    }
  }
}

/** The branch is squashed elsewhere by somebody else, and fetched. */
function forge(world: World, id: string): boolean {
  const who = { GIT_COMMITTER_NAME: 'Forge', GIT_COMMITTER_EMAIL: 'noreply@forge.example' };
  return (
    [world.project.root, world.shadow].every((root) => {
      const clone = `${root}.${id}`;
      const steps = [
        [root, 'clone', '-q', root, clone],
        [clone, 'merge', '-q', '--squash', `origin/${id}`],
        [clone, 'commit', '-q', '--allow-empty', '-m', `${id} (#1)`],
        [root, 'fetch', '-q', clone, 'main'],
        [root, 'merge', '-q', '--ff-only', 'FETCH_HEAD'],
      ];
      return steps.every(([at = '', ...args]) => world.git(at, args, { env: who }).status === 0);
    }) && world.both('status')
  );
}

function compare(world: World, tally: Tally): void {
  const { project, shadow, git } = world;
  const listed = (root: string): string[] =>
    git(root, ['log', '--branches', '--date-order', '--format=%H %s %P']).stdout.trim().split('\n');
  const firstParents = (root: string, branch: string): string[] =>
    git(root, ['rev-list', '--first-parent', branch]).stdout.trim().split('\n');
  const branches = git(project.root, ['for-each-ref', '--format=%(refname)', 'refs/heads'])
    .stdout.trim()
    .split('\n');
  const twins = new Map<string, string>();
  for (const branch of branches) {
    const [real, other] = [firstParents(project.root, branch), firstParents(shadow, branch)];
    if (real.length !== other.length) throw new Error(`the histories differ: ${listed(project.root).join()}`);
    for (const [i, sha] of real.entries()) twins.set(sha, other[i] ?? '');
  }
  const found = project.clew.attributed(project.root, [...twins.keys()]);
  for (const [sha, twin] of twins) {
    const data = found.get(sha);
    for (const name of git(shadow, ['ls-tree', '--name-only', twin]).stdout.split('\n').slice(0, -1)) {
      const now = git(shadow, ['show', `${twin}:${name}`])
        .stdout.split('\n')
        .slice(0, -1);
      const told = data?.files.find((file) => file.path === name)?.lines ?? [];
      const old = new Set(git(shadow, ['grep', '-h', '-e', '', `${twin}^`, '--', '*.ts']).stdout.split('\n'));
      for (const [i, line] of now.entries()) {
        const who = world.authorOf(line);
        const range = told.find(([first, last]) => first <= i + 1 && i + 1 <= last);
        const author = typeof range?.[2] === 'number' ? data?.authors[range[2]] : undefined;
        const said = author?.by === 'agent' ? author.operation : author?.by;
        const where = `${git(project.root, ['log', '-1', '--format=%s', sha]).stdout.trim()} ${name}:${i + 1} "${bare(line)}"`;
        if (said !== undefined && said !== who) tally.wrong.push(`${where}: ${said}, not ${who}`);
        if (old.has(line) || who === before) continue;
        tally.lines++;
        const among = Array.isArray(range?.[2]) ? range[2].map((n: number) => data?.authors[n]) : [];
        // Of two that ran at once nobody can tell which: that it was one of the two is all there is to say.
        const isShared =
          among.length === 2 &&
          among.every(
            (one) => one?.by === 'agent' && one.operation?.replace(/\d$/, '') === who.replace(/\d$/, ''),
          );
        if (said === who || isShared) tally.right++;
        else if (said === undefined)
          tally.unsure.push(
            `${where}: ${JSON.stringify(range ?? 'nothing')} of ${JSON.stringify(data?.authors.map((one) => (one.by === 'agent' ? one.operation : one.by)))}, is ${who}`,
          );
      }
    }
  }
}
