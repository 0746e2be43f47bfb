// A session kept by hand and the one that an agent wrote inside of it are one, in whatever order they become known.
import path from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { tempFolder } from '../../../test/support/home.ts';
import type { Fact } from '../../model/index.ts';
import { condense } from '../condense.ts';
import { openIndex, removeIndex } from '../open.ts';
import type { Db } from '../open.ts';
import { createProjector } from './index.ts';

const pricing = { version: '1', cost: () => 0 };

/** Told of one source, in its order. */
type Told = Readonly<Record<string, readonly (readonly Fact[])[]>>;

const value = (
  session: string,
  name: 'activity' | 'agent' | 'recordedAs' | 'goal',
  at: number,
  said = '',
): Fact => ({
  fact: 'session',
  session,
  at,
  pos: at,
  name,
  value: said,
});
/** `byHook`: hooks alone tell of it, which know no times of the conversation. */
const agentAt = (session: string, at: number, byHook = false): Fact[] => [
  ...(byHook ? [] : [value(session, 'activity', at)]),
  value(session, 'agent', at, 'codex'),
  {
    fact: 'entry',
    key: `${session}-${at}`,
    kind: 'prompt',
    place: { session, run: session, turn: undefined, at, pos: at, rank: 0 },
    text: 'words',
  },
];
const recordOf = (
  session: string,
  at: number,
  kind: 'session' | 'decision',
  subject: string | null,
): Fact[] => [
  {
    fact: 'record',
    key: `${session}-${kind}-${subject}-${at}`,
    kind,
    at,
    pos: at,
    session,
    run: null,
    operation: null,
    root: null,
    subject,
    parent: null,
    by: null,
    text: 'kept words',
    data: null,
  },
  value(session, 'activity', at),
  value(session, 'goal', at, `goal of ${session}`),
  value(session, 'agent', at, 'claude-code'),
  {
    fact: 'entry',
    key: `${session}-${kind}-${subject}-${at}`,
    kind: 'note',
    place: { session, run: session, turn: undefined, at, pos: at, rank: 2 },
    text: 'kept words',
  },
];

/** A projection of transactions, each a list of what one source tells. */
function project(db: Db, transactions: readonly (readonly (readonly [string, readonly Fact[]])[])[]): void {
  const projector = createProjector(db, pricing);
  for (const pieces of transactions)
    db.transaction(() => {
      projector.begin();
      for (const [source, facts] of pieces) projector.project(source, condense(facts));
      projector.settle();
    })();
}

const dump = (db: Db): Record<string, unknown[]> =>
  Object.fromEntries(
    ['record', 'joined', 'session', 'session_value', 'entry', 'copy'].map((table) => [
      table,
      db
        .prepare<[], Record<string, unknown>>(`SELECT * FROM ${table}`)
        .all()
        .map(({ id, ...rest }) => JSON.stringify(table === 'entry' ? rest : { id, ...rest }))
        .toSorted(),
    ]),
  );

const subjects = fc.constantFrom('start', 'pause', 'resume', 'end');
const times = fc.integer({ min: 1, max: 9 });
/** Two sessions by hand, three agents, some of them inside of the one, the other, or a session that nobody keeps. */
const stories: fc.Arbitrary<Told> = fc.record({
  journal: fc.array(
    fc
      .tuple(fc.constantFrom('hand1', 'hand2', 'agent3'), times, subjects, fc.boolean())
      .map(([session, at, subject, isStep]) =>
        isStep ? recordOf(session, at, 'session', subject) : recordOf(session, at, 'decision', null),
      ),
    { maxLength: 8 },
  ),
  transcripts: fc.array(
    fc
      .tuple(fc.constantFrom('agent1', 'agent2', 'agent3'), times, fc.boolean())
      .map((one) => agentAt(...one)),
    { maxLength: 5 },
  ),
  hooks: fc.array(
    fc
      .tuple(
        fc.constantFrom('agent1', 'agent2', 'agent3', 'hand2'),
        fc.constantFrom('hand1', 'hand2', 'nobody'),
        times,
      )
      .map(([session, kept, at]) => [value(session, 'recordedAs', at, kept)]),
    { maxLength: 6 },
  ),
});

test(
  'which are joined, and every row of them, depends neither on order nor on cuts',
  { timeout: 120_000 },
  () => {
    const folder = tempFolder();
    fc.assert(
      fc.property(stories, fc.array(fc.tuple(fc.nat(2), fc.boolean()), { maxLength: 25 }), (told, order) => {
        const open = (name: string): Db => {
          removeIndex(path.join(folder, name));
          return openIndex(path.join(folder, name), 0).db;
        };
        const [straight, crooked] = [open('straight.db'), open('crooked.db')];
        try {
          const names = Object.keys(told);
          project(straight, [names.map((name) => [name, (told[name] ?? []).flat()] as const)]);
          const left = names.map((name) => [...(told[name] ?? [])]);
          const cut: (readonly [string, readonly Fact[]])[][] = [[]];
          for (const [n, ends] of order) {
            const piece = left[n]?.shift();
            if (piece) cut.at(-1)?.push([names[n] ?? '', piece]);
            if (ends) cut.push([]);
          }
          for (const [n, rest] of [...left.entries()].toReversed()) cut.push([[names[n] ?? '', rest.flat()]]);
          project(crooked, cut);
          expect(dump(crooked)).toEqual(dump(straight));
        } finally {
          straight.close();
          crooked.close();
        }
      }),
      { numRuns: 100 },
    );
  },
);

function indexOf(...transactions: (readonly Fact[])[]): Db {
  const { db } = openIndex(path.join(tempFolder(), 'index.db'), 0);
  onTestFinished(() => {
    db.close();
  });
  project(
    db,
    transactions.map((facts, i) => [[`s${i}`, facts] as const]),
  );
  return db;
}
const sessionsOf = (db: Db) =>
  db
    .prepare<[], { id: string; goal: string | null; state: string | null }>(
      'SELECT id, goal, state FROM session ORDER BY id',
    )
    .all();

test('the one has the id and the agent of the agent’s own, and goal, records and state of that kept by hand', () => {
  const db = indexOf(
    [...recordOf('hand1', 1, 'session', 'start'), ...recordOf('hand1', 4, 'decision', null)],
    [...agentAt('agent1', 3), value('agent1', 'recordedAs', 2, 'hand1')],
  );
  expect(sessionsOf(db)).toEqual([{ id: 'agent1', goal: 'goal of hand1', state: 'active' }]);
  expect(db.prepare('SELECT DISTINCT session, run FROM entry').all()).toEqual([
    { session: 'agent1', run: 'agent1' },
  ]);
  expect(db.prepare('SELECT DISTINCT session, told FROM record').all()).toEqual([
    { session: 'agent1', told: 'hand1' },
  ]);
  expect(db.prepare('SELECT agent, started_at, ended_at FROM session').get()).toEqual({
    agent: 'codex',
    started_at: 1,
    ended_at: 4,
  });
});

test('of two agents inside the first is the one; the other stays by itself', () => {
  const db = indexOf(
    recordOf('hand1', 1, 'session', 'start'),
    [...agentAt('agent2', 5), value('agent2', 'recordedAs', 2, 'hand1')],
    [...agentAt('agent1', 6), value('agent1', 'recordedAs', 3, 'hand1')],
  );
  expect(sessionsOf(db)).toEqual([
    { id: 'agent1', goal: null, state: null },
    { id: 'agent2', goal: 'goal of hand1', state: 'active' },
  ]);
});

test('two agents’ own sessions are never joined with each other', () => {
  const db = indexOf([
    ...agentAt('agent1', 1),
    ...agentAt('agent2', 2),
    value('agent2', 'recordedAs', 2, 'agent1'),
  ]);
  expect(sessionsOf(db).map((row) => row.id)).toEqual(['agent1', 'agent2']);
});
