// A project of which it is known who wrote each line: beside it lies a shadow, a second repository in which the same is done
// to the same lines, each with a number at its end. So all lines of the shadow differ, git mistakes none for another, and the
// numbers tell whose each is, wherever git has carried it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { testProject } from '../support/project.ts';
import type { TestProject } from '../support/project.ts';

/** An operation, the user, or whoever was there before clew. */
export type Who = string;
export const human = 'human';
export const before = 'before';

export interface Random {
  /** Below n. */
  (n: number): number;
}

const mark = /\/\/@(\d+)$/;
export const bare = (line: string): string => line.replace(mark, '');
/** How git knows that the shadow's commits are made at the same time. */
const identity = {
  GIT_AUTHOR_NAME: 'test',
  GIT_AUTHOR_EMAIL: 'test@example.org',
  GIT_COMMITTER_NAME: 'test',
  GIT_COMMITTER_EMAIL: 'test@example.org',
};

export function createWorld(random: Random) {
  const project: TestProject = testProject();
  const shadow = path.join(project.context.home, 'shadow');
  mkdirSync(shadow);
  const authors: Who[] = [];
  const roots = [project.root, shadow];
  const env = {
    PATH: process.env['PATH'],
    HOME: project.context.home,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_EDITOR: 'true',
    ...identity,
  };
  const git = (root: string, args: readonly string[], more: { env?: object; input?: string } = {}) =>
    spawnSync('git', args, { cwd: root, encoding: 'utf8', input: more.input, env: { ...env, ...more.env } });
  git(shadow, ['init', '-q', '-b', 'main', '.']);

  const names = (): string[] =>
    readdirSync(shadow)
      .filter((name) => name.endsWith('.ts'))
      .toSorted();
  const linesOf = (name: string): string[] => {
    const file = path.join(shadow, name);
    return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
  };
  const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
  function write(name: string, lines: readonly string[]): void {
    writeFileSync(path.join(shadow, name), textOf(lines));
    writeFileSync(path.join(project.root, name), textOf(lines.map(bare)));
  }
  const isSame = (): boolean => {
    const real = readdirSync(project.root)
      .filter((name) => name.endsWith('.ts'))
      .toSorted();
    return (
      real.join() === names().join() &&
      real.every(
        (name) => readFileSync(path.join(project.root, name), 'utf8') === textOf(linesOf(name).map(bare)),
      )
    );
  };

  /** A line that nobody wrote before, or one that is written again and again. */
  function newLine(): string {
    const word = (): string => random(2 ** 30).toString(36);
    const kind = random(100);
    if (kind < 84) return `const v_${word()} = compute(${random(1000)}, "${word()}");`;
    if (kind < 89) return `x${word().slice(0, 3)}++;`;
    if (kind < 92)
      return ['import { join } from "path";', 'return result;', 'console.log("here");'][random(3)] ?? '';
    return ['}', '', '});', '  }'][random(4)] ?? '';
  }
  const tagged = (who: Who, text: string): string => `${text}//@${authors.push(who) - 1}`;

  /** Changes some lines of a file, as `who` does. */
  function edit(who: Who, name = pick(names()) ?? 'a.ts'): void {
    const lines = linesOf(name);
    const gone = new Set<string>();
    for (let n = 1 + random(3); n > 0; n--) {
      const at = random(lines.length + 1);
      const removed = random(3) === 0 ? lines.splice(at, 1 + random(3)) : [];
      for (const line of removed) gone.add(bare(line).trim());
      if (removed.length > 0 && random(2) === 0) continue;
      const added = Array.from({ length: 1 + random(5) }, newLine);
      // What is deleted and written again at once has not changed.
      lines.splice(at, 0, ...added.filter((line) => !gone.has(line.trim())).map((line) => tagged(who, line)));
    }
    write(name, lines);
  }
  function pick<T>(all: readonly T[]): T | undefined {
    return all[random(all.length)];
  }

  /** The same call of git in both. Whether it worked in both, and left them alike. */
  function both(...args: string[]): boolean {
    return roots.map((root) => git(root, args).status).every((status) => status === 0) && isSame();
  }

  return {
    project,
    shadow,
    names,
    linesOf,
    write,
    edit,
    pick,
    both,
    git,
    random,
    authorOf: (line: string): Who => authors[Number(mark.exec(line)?.[1])] ?? 'nobody',
    isClean: (): boolean => git(shadow, ['status', '--porcelain']).stdout === '',
    /** Does something to the history that may fail; then all is as it was before. */
    attempt: (work: () => boolean): void => {
      const heads = roots.map((root) => git(root, ['rev-parse', 'HEAD']).stdout.trim());
      if (work()) return;
      for (const [i, root] of roots.entries()) {
        for (const what of ['rebase', 'cherry-pick', 'revert', 'merge', 'am']) git(root, [what, '--abort']);
        git(root, ['checkout', '-q', '-f', 'main']);
        git(root, ['reset', '-q', '--hard', heads[i] ?? '']);
        git(root, ['clean', '-qfd']);
      }
    },
    move(name: string, to: string): void {
      for (const root of roots) renameSync(path.join(root, name), path.join(root, to));
    },
    remove: () => rmSync(project.context.home, { recursive: true, force: true }),
    /** Stages some of what changed, piece by piece, as `git add -p` does. */
    stageSome(): void {
      git(project.root, ['add', '-N', '.']);
      git(shadow, ['add', '-N', '.']);
      for (const name of names()) {
        const old = git(shadow, ['show', `HEAD:${name}`])
          .stdout.split('\n')
          .slice(0, -1);
        const staged = someOf(old, linesOf(name), random);
        for (const [root, lines] of [
          [shadow, staged],
          [project.root, staged.map(bare)],
        ] as const) {
          const oid = git(root, ['hash-object', '-w', '--stdin'], { input: textOf(lines) }).stdout.trim();
          git(root, ['update-index', '--add', '--cacheinfo', `100644,${oid},${name}`]);
        }
      }
    },
  };
}

export type World = ReturnType<typeof createWorld>;

/** Some of the changes from one list of lines, which all differ, to another. */
function someOf(old: readonly string[], now: readonly string[], random: Random): string[] {
  const kept = new Set(now.filter((line) => old.includes(line)));
  const result: string[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    const removed: string[] = [];
    while (i < old.length && !kept.has(old[i] ?? '')) removed.push(old[i++] ?? '');
    const added: string[] = [];
    while (j < now.length && !kept.has(now[j] ?? '')) added.push(now[j++] ?? '');
    if (removed.length + added.length > 0) result.push(...(random(2) === 0 ? added : removed));
    if (i < old.length) result.push(old[i++] ?? '');
    j++;
  }
  return result;
}
