// What clew makes of a case.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openClew, systemContext } from '../../src/index.ts';
import type { Clew, SessionDetail, Tokens } from '../../src/index.ts';
import type { Case } from './read.ts';

export interface Counted {
  readonly sessions: readonly SessionDetail[];
  readonly messages: number;
  readonly tokens: Readonly<Record<string, Tokens>>;
  readonly cost: { readonly computed: number; readonly highest: number; readonly unpriced: number };
}

/** Takes a case in, into a home of its own, and asks. */
export async function counted<T>(one: Case, ask: (clew: Clew, result: Counted) => T): Promise<T> {
  const clewHome = mkdtempSync(path.join(os.tmpdir(), 'clew-corpus-'));
  const env = { PATH: process.env['PATH'], HOME: one.home, CLEW_HOME: clewHome };
  if (one.answer.config) writeFileSync(path.join(clewHome, 'config.json'), JSON.stringify(one.answer.config));
  const clew = openClew({ context: { ...systemContext(env), cwd: one.home } });
  try {
    const paths = one.answer.import === undefined ? undefined : [path.join(one.home, one.answer.import)];
    const { failures } = await clew.import(paths && { paths });
    if (failures.length > 0) throw new Error(JSON.stringify(failures));
    const sessions = clew.sessions().map(({ id }) => clew.session(id));
    const sum = (of: (session: SessionDetail) => number): number => sessions.reduce((n, s) => n + of(s), 0);
    return ask(clew, {
      sessions,
      messages: sum((s) => s.messages),
      tokens: byModel(sessions),
      cost: {
        computed: sum((s) => s.cost.computed),
        highest: sum((s) => s.cost.highest),
        unpriced: sum((s) => s.cost.unpricedTokens),
      },
    });
  } finally {
    clew.close();
    rmSync(clewHome, { recursive: true });
  }
}

function byModel(sessions: readonly SessionDetail[]): Record<string, Tokens> {
  const sums: Record<string, Tokens> = {};
  for (const { model, tokens } of sessions.flatMap((session) => session.tokensByModel)) {
    const so = sums[model];
    sums[model] = so
      ? (Object.fromEntries(
          Object.entries(tokens).map(([kind, n]) => [kind, so[kind as keyof Tokens] + (n as number)]),
        ) as unknown as Tokens)
      : tokens;
  }
  return sums;
}
