// Which sessions a commit came out of, and by what that is known.
import type { Db } from '../../store/index.ts';
import type { ReadCommit } from './read.ts';
import type { Seen } from './seen.ts';
import { sessionsAt } from './sessions-at.ts';
import type { SessionAt } from './sessions-at.ts';
import { shellWords } from './shell.ts';
import { writtenBy } from './written.ts';

/**
 * `environment`: CLEW_SESSION_ID named it; `shell`: its own shell made the commit; `hook`, `reflog`: it was at work in the
 * working tree when the commit was seen so; `content`: it wrote of the commit, and had not ended.
 */
export type Evidence = 'environment' | 'shell' | 'hook' | 'reflog' | 'content';

export interface Link {
  readonly session: string;
  readonly by: Evidence;
  readonly lines: number;
  readonly operations: readonly string[];
  /** The one that wrote most of it. */
  readonly primary: boolean;
  /** The operation whose shell made it: the session's own record tells of the commit, too. */
  readonly madeBy?: string;
}

export interface Linked {
  readonly links: readonly Link[];
  /** Why the session that the environment named is not among them. */
  readonly refused?: { readonly session: string; readonly why: 'ended' | 'unknown' | 'other project' };
}

/** What is known of agents' processes. */
export interface Living {
  readonly isRunning: (session: string) => boolean;
  /** The session whose process that is. */
  readonly sessionOf: (pid: number) => string | undefined;
}

export function linker(db: Db, living: Living) {
  const sessions = sessionsAt(db, living.isRunning);
  const shell = shellWords(db);
  const written = writtenBy(db);

  return (commit: ReadCommit, seen: Seen): Linked => {
    const around = sessions.at(seen, seen.at);
    const wrote = written(commit, seen.root, seen.at);
    const by = new Map<string, { by: Evidence; operations: string[] }>();
    const add = (id: string, evidence: Evidence, operation?: string): void => {
      const one = by.get(id) ?? { by: evidence, operations: [] };
      if (operation !== undefined) one.operations.push(operation);
      by.set(id, one);
    };
    const refused = seen.session === undefined ? undefined : refusalOf(seen.session);
    if (seen.session !== undefined && !refused)
      add(sessions.named(seen.session, seen, seen.at)?.id ?? '', 'environment');
    for (const { id } of around)
      for (const { operation } of shell(id, commit.sha, seen.at)) add(id, 'shell', operation);
    const open = around.filter((one) => one.state !== 'ended');
    for (const one of open)
      if ((one.place === 'in' || one.state === 'active') && wrote(one.id).lines > 0)
        add(one.id, isAtWork(one) ? channelOf(seen) : 'content');
    if (by.size === 0) for (const one of onlooker(open.filter(isAtWork), seen)) add(one.id, channelOf(seen));
    return { links: rank([...by].map(([id, one]) => linkOf(id, one))), ...(refused && { refused }) };

    function refusalOf(id: string): Linked['refused'] {
      const session = sessions.named(id, seen, seen.at);
      if (!session) return { session: id, why: 'unknown' };
      if (session.place === 'elsewhere') return { session: id, why: 'other project' };
      return session.state === 'ended' ? { session: id, why: 'ended' } : undefined;
    }

    function linkOf(id: string, told: { by: Evidence; operations: string[] }): Omit<Link, 'primary'> {
      const { lines, operations } = wrote(id);
      const [madeBy] = told.operations;
      return {
        session: id,
        by: told.by,
        lines,
        operations: [...new Set([...operations, ...told.operations])],
        ...(madeBy !== undefined && { madeBy }),
      };
    }
  };

  /** Nobody wrote of it: whoever was there, or whose process ran git. */
  function onlooker(there: readonly SessionAt[], { within = [] }: Seen): readonly SessionAt[] {
    const callers = new Set(within.flatMap((pid) => living.sessionOf(pid) ?? []));
    const caller = there.filter((one) => callers.has(one.id));
    return caller.length > 0 ? caller : there;
  }
}

const isAtWork = (one: SessionAt): boolean => one.place === 'in' && one.state === 'active';
const channelOf = ({ seen }: Seen): Evidence => (seen === 'shell' ? 'content' : seen);
const weight: Readonly<Record<Evidence, number>> = {
  environment: 0,
  shell: 1,
  hook: 2,
  reflog: 2,
  content: 3,
};

/** The one that wrote most first; of equals, the one that it is surer of. */
function rank(links: readonly Omit<Link, 'primary'>[]): Link[] {
  return links
    .toSorted((a, b) => b.lines - a.lines || weight[a.by] - weight[b.by] || (a.session < b.session ? -1 : 1))
    .map((link, i) => ({ ...link, primary: i === 0 }));
}
