// For tests: an index made of responses that are told in a line each, by the real projector.
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { tempFolder } from './home.ts';
import { totalTokens } from '../../src/model/index.ts';
import type { Fact, Pricing } from '../../src/model/index.ts';
import { condense, createProjector, openIndex } from '../../src/store/index.ts';
import type { Db } from '../../src/store/index.ts';

/** A token is 1.000001 micro-dollars, so that sums have something to round. */
const pricing: Pick<Pricing, 'version' | 'cost'> = {
  version: '1',
  cost: ({ model, tokens }) => (model === 'free-lance' ? undefined : totalTokens(tokens) * 1_000_001),
};

export interface Said {
  readonly session: string;
  readonly at: number;
  readonly model?: string;
  readonly input?: number;
  readonly output?: number;
  readonly cacheRead?: number;
  /** Characters of an answer of which only the count of the stream's start is on record. */
  readonly startOf?: number;
  readonly tier?: string;
  readonly reported?: number;
}

export interface Stay {
  readonly session: string;
  readonly branch: string;
  readonly at: number;
}

/** `reported`: what the agent booked for whole sessions, micro-dollars; `accounts`: its own account of them, as JSON. */
export function indexOf(
  said: readonly Said[],
  stays: readonly Stay[] = [],
  reported: Readonly<Record<string, number>> = {},
  accounts: Readonly<Record<string, string>> = {},
): Db {
  const { db } = openIndex(path.join(tempFolder(), 'index.db'), 0);
  onTestFinished(() => {
    db.close();
  });
  const projector = createProjector(db, pricing);
  const facts: Fact[] = [
    ...said.map((one, n): Fact => ({
      fact: 'message',
      key: `m${n}`,
      place: { session: one.session, run: one.session, turn: undefined, at: one.at, pos: 100 * n, rank: 0 },
      model: one.model ?? 'opus',
      tokens: {
        input: one.input ?? 0,
        output: one.output ?? 1,
        cacheRead: one.cacheRead ?? 0,
        cacheWrite5m: 0,
        cacheWrite1h: 0,
      },
      outputFinal: one.startOf === undefined,
      stopReason: undefined,
      ...(one.startOf !== undefined && { outputChars: one.startOf }),
      ...(one.tier !== undefined && { tier: one.tier }),
      ...(one.reported !== undefined && { reportedCost: one.reported }),
    })),
    ...stays.map((one): Fact => value(one.session, one.at, 'branch', one.branch)),
    ...Object.entries(reported).map(([session, micros]): Fact =>
      value(session, 1, 'reportedCost', String(micros)),
    ),
    ...Object.entries(accounts).map(([session, text]): Fact => value(session, 1, 'costState', text)),
    ...[...new Set(said.map((one) => one.session))].flatMap((session): Fact[] => [
      value(session, 1, 'activity', ''),
      value(session, 1, 'agent', session.startsWith('x') ? 'codex' : 'claude-code'),
      value(session, 1, 'workspace', `/home/me/${session.slice(0, 1)}`),
    ]),
  ];
  db.transaction(() => {
    projector.begin();
    projector.project('source', condense(facts));
    projector.settle();
  })();
  return db;
}

const value = (
  session: string,
  at: number,
  name: Extract<Fact, { fact: 'session' }>['name'],
  text: string,
): Fact => ({ fact: 'session', session, at, pos: 0, name, value: text });
