// Branching in time as the library offers it: the files of a moment in a worktree of their own, and the conversation cut
// at that moment as a session that the agent can go on with there. The original stays as it is.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { ClewError } from './model/index.ts';
import type { Context, Tokens } from './model/index.ts';
import { branchPoint } from './branch-point.ts';
import type { SessionRow } from './query/index.ts';
import { cutConversation } from './recover/index.ts';
import type { BranchPoint, CutSession } from './recover/index.ts';
import { dropIntoSpool } from './stream/index.ts';
import type { Db, StoredAction } from './store/index.ts';
import { makeWorktree, objectsOf, takeTree } from './workspace/index.ts';

export interface BranchOptions {
  readonly name?: string | undefined;
  /** Where the branch is to lie; beside the project by default. */
  readonly folder?: string | undefined;
}

/** A branch as it was made. */
export interface Branch {
  readonly name: string;
  readonly at: string;
  /** The project that it was made from. */
  readonly project: string;
  readonly folder: string;
  /** Whether the folder is still there. */
  readonly exists: boolean;
  /** Its git branch; null for a plain folder. */
  readonly gitBranch: string | null;
  readonly checkpoint: string;
  /** The session that it was branched from, and the one that goes on in it; null where there is none. */
  readonly from: string | null;
  readonly session: string | null;
  /** The branch that it was made in, if it was made in one. */
  readonly parent: string | null;
  /** Where the agent cannot go on from a cut: what to give to any agent instead, and why. */
  readonly handoff: string | null;
  readonly why: string | null;
  /** Goes on with it; to be run in the folder. */
  readonly command: readonly string[];
}

/** One side of a comparison. */
export interface Side {
  readonly name: string;
  readonly folder: string;
  readonly session: string | null;
  readonly status: string | null;
  readonly turns: number;
  readonly operations: number;
  readonly errors: number;
  readonly tokens: Tokens | null;
  /** The last answer of the agent. */
  readonly outcome: string | null;
}

export interface Comparison {
  readonly a: Side;
  readonly b: Side;
  readonly files: readonly {
    readonly path: string;
    readonly kind: 'create' | 'update' | 'delete';
    readonly added: number;
    readonly removed: number;
  }[];
  /** Unified diff from a to b. */
  readonly diff: string;
}

export interface Branches {
  /** `point`: a checkpoint or a turn. */
  branch(point: string, options?: BranchOptions): Promise<Branch>;
  branches(): Branch[];
  /** Two branches by name, or a branch and the project's folder it was made from (`original`), or folders. */
  compare(a: string, b: string): Comparison;
}

interface Needs {
  readonly context: Context;
  readonly db: () => Db;
  readonly takeIn: () => Promise<unknown>;
  readonly sessions: () => readonly SessionRow[];
  readonly handoff: (session: string) => string;
}

interface Detail {
  readonly name: string;
  readonly folder: string;
  readonly gitBranch: string | null;
  readonly checkpoint: string;
  readonly from: string | null;
  readonly session: string | null;
  readonly handoff: string | null;
  readonly why: string | null;
  readonly command: readonly string[];
}

export function branching({ context, db, takeIn, sessions, handoff }: Needs): Branches {
  const objects = objectsOf(context.clewHome);

  function list(): Branch[] {
    const rows = db()
      .prepare<[], StoredAction>("SELECT * FROM action WHERE kind = 'branch' ORDER BY at, id")
      .all();
    const all = rows.map((row) => ({ row, detail: JSON.parse(row.detail) as Detail }));
    return all.map(({ row, detail }) => ({
      ...detail,
      at: new Date(row.at).toISOString(),
      project: row.root,
      exists: existsSync(detail.folder),
      parent: all.find((one) => one.detail.folder === row.root)?.detail.name ?? null,
    }));
  }

  function freeName(id: string): string {
    const taken = new Set(list().map((one) => one.name));
    for (let n = 1; ; n++) {
      const name = n === 1 ? id.slice(0, 6) : `${id.slice(0, 6)}-${n}`;
      if (!taken.has(name)) return name;
    }
  }

  return {
    branches: list,
    async branch(given, { name: wanted, folder: place } = {}) {
      const { point, after } = branchPoint(db(), context, given);
      const name = wanted ?? freeName(point.id);
      if (list().some((one) => one.name === name && one.exists))
        throw new ClewError('BAD_INPUT', `there is a branch ${name} already`, 'choose another name');
      const head = point.head ?? undefined;
      const folder = place === undefined ? undefined : path.resolve(context.cwd, place);
      const worktree = makeWorktree({ project: point.root, name, folder, commit: head });
      objects.checkOut(point.tree, worktree.folder);
      const cut = point.session === null ? undefined : cutAt(point.session, after, worktree.folder);
      const why = cut !== undefined && 'why' in cut ? cut.why : null;
      const made = cut !== undefined && 'session' in cut ? cut : undefined;
      const written = why !== null && point.session !== null ? writeHandoff(name, point.session) : null;
      const detail: Detail = {
        name,
        folder: worktree.folder,
        gitBranch: worktree.branch,
        checkpoint: point.id,
        from: point.session,
        session: made?.session ?? null,
        handoff: written,
        why,
        command: made?.command ?? [],
      };
      const record = {
        kind: 'branch',
        id: randomUUID(),
        root: point.root,
        session: point.session,
        title: `branch ${name} at checkpoint ${point.id}`,
        before: point.tree,
        after: point.tree,
        detail,
      };
      dropIntoSpool(context.clewHome, 'clew', JSON.stringify(record));
      await takeIn();
      return {
        ...detail,
        at: new Date(context.now()).toISOString(),
        project: point.root,
        exists: true,
        parent: list().find((one) => one.name === name)?.parent ?? null,
      };
    },
    compare(a, b) {
      const sides = [sideOf(a), sideOf(b)] as const;
      const [before, after] = [takeTree(context, sides[0].folder), takeTree(context, sides[1].folder)];
      const [differences = []] = objects.differences([[before, after]]);
      return {
        a: sides[0],
        b: sides[1],
        files: differences.map((one) => ({
          path: one.path,
          kind: one.before ? (one.after ? ('update' as const) : ('delete' as const)) : ('create' as const),
          added: one.added,
          removed: one.removed,
        })),
        diff: objects.patch(before, after),
      };
    },
  };

  /** The conversation, or why the agent cannot go on with it: the files are there all the same. */
  function cutAt(session: string, after: BranchPoint, folder: string): CutSession | { readonly why: string } {
    try {
      const cut = cutConversation(db(), context, { session, after, folder });
      return cut ?? { why: 'the agent cannot go on from the middle of a conversation' };
    } catch (error) {
      if (error instanceof ClewError) return { why: error.message };
      throw error;
    }
  }

  function writeHandoff(name: string, session: string): string {
    const folder = path.join(context.clewHome, 'handoffs');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = path.join(folder, `branch-${name.replaceAll('/', '-')}.md`);
    writeFileSync(file, handoff(session), { mode: 0o600 });
    return file;
  }

  function sideOf(given: string): Side {
    const all = list();
    const branch = all.findLast((one) => one.name === given);
    const original = given === 'original' ? all.at(-1) : undefined;
    const folder = branch?.folder ?? original?.project ?? path.resolve(context.cwd, given);
    if (!existsSync(folder))
      throw new ClewError(
        'NOT_FOUND',
        branch
          ? `the folder of branch ${given} is gone: ${folder}`
          : `no branch, and no folder, is called ${given}`,
        '`clew branches` lists the branches; `original` is what the last one was made from',
      );
    const id = branch ? branch.session : (original?.from ?? null);
    const row = sessions().find((one) => one.id === id);
    return {
      name: given,
      folder,
      session: id,
      status: row?.status ?? null,
      turns: row?.turns ?? 0,
      operations: row?.operations ?? 0,
      errors: row?.errors ?? 0,
      tokens: row?.tokens ?? null,
      outcome: id === null ? null : lastAnswer(id),
    };
  }

  function lastAnswer(session: string): string | null {
    const row = db()
      .prepare<[string], { text: string }>(
        "SELECT text FROM entry WHERE session = ? AND run = session AND kind = 'answer' ORDER BY at DESC, pos DESC LIMIT 1",
      )
      .get(session);
    return row?.text ?? null;
  }
}
