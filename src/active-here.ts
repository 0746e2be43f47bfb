// Who is at work, and who of them is asking, as the library offers it.
import path from 'node:path';
import type { Connection } from './connection.ts';
import { ClewError } from './model/index.ts';
import type { Config, Context } from './model/index.ts';
import { activeAgents, latestSessionIn } from './query/index.ts';
import type { ActiveReport, Moment } from './query/index.ts';
import { sessionAbove } from './recover/index.ts';

/** The session that a call belongs to, and how that is known. */
export interface Caller {
  readonly session: string;
  /** `environment`: CLEW_SESSION_ID. `process`: an agent's that runs above this process. `folder`: the only one at work here. */
  readonly by: 'environment' | 'process' | 'folder';
}

export interface ActiveHere {
  /** The agents at work now, what each is at and waits for, and who may get into whose way. */
  active(): ActiveReport;
  /** The session that this process works for; undefined where that cannot be told. */
  caller(): Caller | undefined;
  /** The latest session of the project that the current folder belongs to, but for `except`. Throws NOT_FOUND. */
  sessionBefore(except?: string): string;
}

export function activeHere(
  context: Context,
  config: Config,
  { db, guarded }: Pick<Connection, 'db' | 'guarded'>,
  moment: () => Moment,
): ActiveHere {
  const active = (): ActiveReport => guarded(() => activeAgents(db(), moment()));

  function onlyOneHere(): string | undefined {
    const here = active().agents.filter(({ root }) => root !== null && isIn(context.cwd, root));
    return here.length === 1 ? here[0]?.session : undefined;
  }

  return {
    active,
    caller() {
      const named = context.env['CLEW_SESSION_ID']?.trim();
      if (named) return { session: named, by: 'environment' };
      const above = guarded(() => sessionAbove(db(), context, config, process.ppid));
      if (above !== undefined) return { session: above, by: 'process' };
      const only = onlyOneHere();
      return only === undefined ? undefined : { session: only, by: 'folder' };
    },
    sessionBefore(except) {
      const found = guarded(() => latestSessionIn(db(), context.cwd, except));
      if (found !== undefined) return found;
      throw new ClewError(
        'NOT_FOUND',
        `no ${except === undefined ? '' : 'earlier '}session of ${context.cwd} is recorded`,
        'name a session; `clew sessions` lists them',
      );
    },
  };
}

const isIn = (folder: string, root: string): boolean =>
  folder === root || folder.startsWith(root.endsWith(path.sep) ? root : root + path.sep);
