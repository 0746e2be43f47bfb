// Commits as the library offers them: with the sessions that they came out of.
import { commitDetail, foreignRow, listCommits, readCommits, treeOf, treesOf } from './attribution/index.ts';
import type { CommitDetail, CommitRow } from './attribution/index.ts';
import type { Connection } from './connection.ts';
import { ClewError } from './model/index.ts';
import type { Context } from './model/index.ts';
import { resolve } from './query/index.ts';
import { tryGit } from './workspace/index.ts';

export interface CommitsOptions {
  /** A session, by the beginning of its id, or what git takes for a range: `main..HEAD`. */
  readonly of?: string | undefined;
  /** Of all projects, not only of the one in this folder. */
  readonly all?: boolean | undefined;
  /** Also those that an amend or a rebase has replaced. */
  readonly replaced?: boolean | undefined;
  readonly limit?: number | undefined;
}

export interface CommitsHere {
  /** Commits that were seen to be made, the latest first; of a range all. Throws NOT_FOUND, AMBIGUOUS. */
  commits(options?: CommitsOptions): CommitRow[];
  commit(sha: string): CommitDetail;
}

/** Of a range that is no bounded one. */
const mostOfRange = 1000;

export function commitsHere(
  context: Context,
  { db, guarded }: Pick<Connection, 'db' | 'guarded'>,
): CommitsHere {
  /** The commits of a range, by git in this folder; undefined where it is none. */
  function rangeOf(given: string): string[] | undefined {
    const args = ['rev-list', `--max-count=${mostOfRange}`, '--end-of-options', given, '--'];
    const { status, stdout } = tryGit(['-C', context.cwd, ...args]);
    return status === 0 ? stdout.toString().split('\n').filter(Boolean) : undefined;
  }

  function ofRange(shas: readonly string[], limit = shas.length): CommitRow[] {
    const asked = shas.slice(0, limit);
    const known = new Map(listCommits(db(), { shas: asked }).map((row) => [row.sha, row]));
    const others = readCommits(
      context.cwd,
      asked.filter((sha) => !known.has(sha)),
    );
    const rows = new Map([...known, ...others.map((one) => [one.sha, foreignRow(one)] as const)]);
    return asked.flatMap((sha) => rows.get(sha) ?? []);
  }

  function sessionNamed(given: string): string | undefined {
    try {
      return resolve(db(), given, ['session']).id;
    } catch (error) {
      if (error instanceof ClewError && error.code === 'NOT_FOUND') return undefined;
      throw error;
    }
  }

  return {
    commits: ({ of, all = false, ...how } = {}) =>
      guarded(() => {
        const session = of === undefined ? undefined : sessionNamed(of);
        if (session !== undefined) return listCommits(db(), { ...how, session });
        if (of !== undefined) {
          const range = rangeOf(of);
          if (range) return ofRange(range, how.limit);
          throw new ClewError(
            'NOT_FOUND',
            `"${of}" is neither a session nor commits of the repository in ${context.cwd}`,
            '`clew sessions` lists sessions; a range is written as git takes it: main..HEAD',
          );
        }
        const tree = all ? undefined : treeOf(context.cwd);
        const roots = tree && treesOf(tree.common).map((one) => one.root);
        return listCommits(db(), {
          ...how,
          roots: all ? undefined : [...(roots ?? []), tree?.root ?? context.cwd],
        });
      }),
    commit: (given) =>
      guarded(() => {
        const { id } = resolve(db(), given, ['commit']);
        const found = commitDetail(db(), id);
        if (found) return found;
        throw new ClewError('NOT_FOUND', `${id} is not there any more`, 'run the command again');
      }),
  };
}
