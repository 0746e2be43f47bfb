// Who is at work, and who of them is asking, as the library offers it.
import type { Connection } from './connection.ts';
import { sessionMeant } from './journal/index.ts';
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
  /** What is meant by who names no session, if that can be told: who records is told why not. */
  function meant(): string | undefined {
    try {
      return sessionMeant(db(), moment(), context);
    } catch (error) {
      if (error instanceof ClewError) return undefined;
      throw error;
    }
  }

  function caller(): Caller | undefined {
    const isNamed = Boolean(context.env['CLEW_SESSION_ID']);
    const above = isNamed ? undefined : sessionAbove(db(), context, config, process.ppid);
    if (above !== undefined) return { session: above, by: 'process' };
    const session = meant();
    return session === undefined ? undefined : { session, by: isNamed ? 'environment' : 'folder' };
  }

  return {
    active: () => guarded(() => activeAgents(db(), moment())),
    caller: () => guarded(caller),
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
