// The projector on real SQLite files: the rows are the same in whatever order sources are read and however their facts
// are cut into batches and transactions.
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { tempFolder } from '../../test/support/home.ts';
import { totalTokens } from '../model/index.ts';
import type { Fact, Place, Pricing, Rank } from '../model/index.ts';
import { condense } from './condense.ts';
import { openIndex, removeIndex } from './open.ts';
import type { Db } from './open.ts';
import { createProjector } from './projector/index.ts';
import { reprice } from './reprice.ts';

/** Facts of one source that are written together. */
interface Piece {
  readonly source: string;
  readonly facts: readonly Fact[];
}

const tables = [
  'entry',
  'copy',
  'message',
  'message_copy',
  'usage',
  'operation',
  'change',
  'run',
  'session_value',
  'session',
  'kin',
  'oddity',
] as const;

function makeIndex(): Db {
  const { db } = openIndex(path.join(tempFolder(), 'index.db'), 0);
  onTestFinished(() => {
    db.close();
  });
  return db;
}

/** A token is a micro-dollar, whatever its kind. */
const pricing: Pick<Pricing, 'version' | 'cost'> = {
  version: '1',
  cost: ({ model, tokens }) => (model === 'nobody-knows' ? undefined : totalTokens(tokens) * 1_000_000),
};

/** A path at which no index is. */
function fileAt(folder: string, name: string): string {
  const file = path.join(folder, `${name}.db`);
  removeIndex(file);
  return file;
}

/** Each transaction is a list of pieces. */
function project(db: Db, transactions: readonly (readonly Piece[])[]): void {
  const projector = createProjector(db, pricing);
  for (const pieces of transactions) {
    db.transaction(() => {
      projector.begin();
      for (const { source, facts } of pieces) projector.project(source, condense(facts));
      projector.settle();
    })();
  }
}

/** All rows but the numbers of entries, in a fixed order; and what is found by the search index. */
function dump(db: Db): Record<string, unknown> {
  const rows = Object.fromEntries(
    tables.map((table) => {
      const all = db.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table}`).all();
      return [
        table,
        all.map(({ id, ...rest }) => JSON.stringify(table === 'entry' ? rest : { id, ...rest })).toSorted(),
      ];
    }),
  );
  const found = db
    .prepare<[], { key: string }>(
      "SELECT e.key FROM search s JOIN entry e ON e.id = s.rowid WHERE search MATCH 'word' ORDER BY e.key",
    )
    .all();
  return { ...rows, found };
}

/** The rollup holds what it would hold if it were made anew from the responses. */
function checkUsage(db: Db): void {
  const usage = db.prepare('SELECT * FROM usage ORDER BY bucket, session, model, tier');
  const before = usage.all();
  reprice(db, { ...pricing, version: 'others' });
  expect(reprice(db, pricing)).toBe(true);
  expect(usage.all()).toEqual(before);
}

/** The search index is sound, and holds exactly what it would hold if it were made anew from the entries. */
function checkSearch(db: Db): void {
  db.exec("INSERT INTO search(search) VALUES ('integrity-check')");
  db.exec('CREATE VIRTUAL TABLE IF NOT EXISTS temp.word USING fts5vocab(main, search, instance)');
  const words = db.prepare('SELECT term, doc, offset FROM temp.word ORDER BY term, doc, offset');
  const before = words.all();
  db.exec("INSERT INTO search(search) VALUES ('rebuild')");
  expect(words.all()).toEqual(before);
}

const sessionOf = { first: 's1', fork: 's2', hooks: 's1', echo: 's1', forkEcho: 's2' } as const;
type Source = keyof typeof sessionOf;
const sources = Object.keys(sessionOf) as Source[];
const rankOf: Record<Source, Rank> = { first: 0, fork: 0, hooks: 2, echo: 3, forkEcho: 3 };

/** A fact that a source tells of one of a few things, so that the sources tell of the same ones. Hook calls come in order. */
const factOf = (source: Source, pos: number): fc.Arbitrary<Fact[]> =>
  fc
    .tuple(
      fc.constantFrom('entry', 'message', 'call', 'result', 'approval', 'change', 'run', 'title'),
      fc.nat(3),
      fc.nat(9),
    )
    .map(([kind, n, at]) => {
      const session = sessionOf[source];
      const place: Place = {
        session,
        run: session,
        turn: n > 1 ? 'e0' : undefined,
        at: 1000 + (source === 'hooks' ? pos : at),
        pos,
        rank: rankOf[source],
      };
      const activity: Fact[] = [
        { fact: 'session', session, at: place.at, pos, name: 'activity', value: '' },
        { fact: 'session', session, at: place.at, pos, name: 'agent', value: 'claude-code' },
      ];
      const tokens = { input: n, output: at, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
      const told: Record<typeof kind, Fact> = {
        entry: {
          fact: 'entry',
          key: `e${n}`,
          kind: n === 0 ? 'prompt' : 'note',
          place,
          text: `word ${'x'.repeat(n)}`,
        },
        message: {
          fact: 'message',
          key: `m${n}`,
          place,
          model: n === 1 ? 'nobody-knows' : 'x',
          tokens,
          outputFinal: at > 5,
          stopReason: undefined,
          outputChars: 7 * at,
          ...(n === 2 && { tier: 'fast', reportedCost: n }),
          ...(n === 3 && { isRest: true, charged: { ...tokens, output: at + 10 } }),
        },
        call: {
          fact: 'call',
          key: `t${n}`,
          place,
          name: 'Bash',
          type: 'execute',
          target: source === 'hooks' ? '' : `word ${n}`,
          message: source === 'hooks' ? undefined : `m${n}`,
        },
        result: {
          fact: 'result',
          key: `t${n}`,
          place,
          status: at % 2 ? 'success' : 'failed',
          isError: at % 2 === 0,
          durationMs: at,
        },
        approval: {
          fact: 'approval',
          key: `t${n}`,
          place,
          decision: 'approved',
          by: source === 'hooks' ? 'user' : 'config',
        },
        change: {
          fact: 'change',
          operation: `t${n}`,
          place,
          path: '/p',
          kind: 'update',
          added: n,
          removed: 0,
          diff: '+ word',
          partial: false,
        },
        run: { fact: 'run', run: `a${n}`, place, type: 'Explore', operation: `t${n}`, startedAt: place.at },
        title: { fact: 'session', session, at: place.at, pos, name: 'title', value: `title ${n}` },
      };
      return [...activity, told[kind]];
    });

const told = (source: Source): fc.Arbitrary<Fact[][]> =>
  fc
    .array(fc.nat(), { maxLength: 14 })
    .chain((slots) => fc.tuple(...slots.map((_, i) => factOf(source, i * 100))));

type Stories = Record<Source, Fact[][]>;
const stories = fc.record(
  Object.fromEntries(sources.map((source) => [source, told(source)])) as Record<
    Source,
    fc.Arbitrary<Fact[][]>
  >,
);

/** An order in which sources are read, each from its beginning; and where transactions end. */
const reading = fc.array(
  fc.record({
    source: fc.constantFrom(...sources),
    take: fc.integer({ min: 1, max: 6 }),
    ends: fc.boolean(),
  }),
  { minLength: 3, maxLength: 20 },
);

function cut(stories: Stories, order: readonly { source: Source; take: number; ends: boolean }[]): Piece[][] {
  const left = Object.fromEntries(sources.map((source) => [source, [...stories[source]]])) as Stories;
  const transactions: Piece[][] = [[]];
  const take = (source: Source, n: number): void =>
    void transactions.at(-1)?.push({ source, facts: left[source].splice(0, n).flat() });
  for (const { source, take: n, ends } of order) {
    take(source, n);
    if (ends) transactions.push([]);
  }
  for (const source of sources.toReversed()) take(source, Infinity);
  return transactions;
}

describe('the rows do not depend', () => {
  test('on the order of sources, nor on batches and transactions', { timeout: 120_000 }, () => {
    const folder = tempFolder();
    fc.assert(
      fc.property(stories, reading, (told, order) => {
        const straight = openIndex(fileAt(folder, 'straight'), 0).db;
        const crooked = openIndex(fileAt(folder, 'crooked'), 0).db;
        try {
          const whole = sources.map((source) => ({ source, facts: told[source].flat() }));
          project(straight, [whole]);
          project(crooked, cut(told, order));
          expect(dump(crooked)).toEqual(dump(straight));
          checkUsage(crooked);
          checkSearch(crooked);
        } finally {
          straight.close();
          crooked.close();
        }
      }),
      { numRuns: 100 },
    );
  });
});

const at = (source: Source, time: number, pos = 0): Place => ({
  session: sessionOf[source],
  run: sessionOf[source],
  turn: undefined,
  at: time,
  pos,
  rank: rankOf[source],
});
const activity = (source: Source, time: number): Fact[] =>
  (['activity', 'agent'] as const).map((name) => ({
    fact: 'session',
    session: sessionOf[source],
    at: time,
    pos: 0,
    name,
    value: name === 'agent' ? 'claude-code' : '',
  }));
const response = (source: Source, time: number, output = 5): Fact => ({
  fact: 'message',
  key: 'm',
  place: at(source, time),
  model: 'x',
  outputFinal: true,
  stopReason: undefined,
  tokens: { input: 1, output, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
});
const prompt = (source: Source, time: number): Fact => ({
  fact: 'entry',
  key: 'e',
  kind: 'prompt',
  place: at(source, time),
  text: 'word',
});

describe('what two sessions hold', () => {
  const owners = (db: Db) => ({
    entry: db.prepare<[], { session: string }>("SELECT session FROM entry WHERE key = 'e'").get()?.session,
    message: db.prepare<[], { session: string }>('SELECT session FROM message').get()?.session,
    counted: db
      .prepare<[], { id: string; messages: number; messages_seen: number }>(
        'SELECT id, messages, messages_seen FROM session ORDER BY id',
      )
      .all()
      .map((row) => [row.id, row.messages, row.messages_seen]),
  });
  const story = (source: Source, end: number): Piece => ({
    source,
    facts: [...activity(source, 1), prompt(source, 1), response(source, 1), ...activity(source, end)],
  });

  test('belongs to the one that ended first, and is counted there', () => {
    const db = makeIndex();
    project(db, [[story('fork', 20)], [story('first', 10)]]);
    expect(owners(db)).toEqual({
      entry: 's1',
      message: 's1',
      counted: [
        ['s1', 1, 1],
        ['s2', 0, 1],
      ],
    });
  });

  test('changes hands when the order of their ends turns round', () => {
    const db = makeIndex();
    project(db, [[story('first', 10)], [story('fork', 20)]]);
    expect(owners(db).message).toBe('s1');
    project(db, [[{ source: 'first', facts: activity('first', 30) }]]);
    expect(owners(db)).toEqual({
      entry: 's2',
      message: 's2',
      counted: [
        ['s1', 0, 1],
        ['s2', 1, 1],
      ],
    });
    project(db, [[{ source: 'fork', facts: activity('fork', 40) }]]);
    expect(owners(db)).toEqual({
      entry: 's1',
      message: 's1',
      counted: [
        ['s1', 1, 1],
        ['s2', 0, 1],
      ],
    });
  });

  test('has the counts of the source that knows the most of it', () => {
    const db = makeIndex();
    project(db, [
      [{ source: 'first', facts: [...activity('first', 1), response('first', 1, 59)] }],
      [{ source: 'fork', facts: [...activity('fork', 9), response('fork', 1, 6234)] }],
    ]);
    expect(db.prepare('SELECT session, source, output FROM message').all()).toEqual([
      { session: 's1', source: 'fork', output: 6234 },
    ]);
  });
});

describe('the search index', () => {
  const find = (db: Db, word: string): number =>
    db.prepare<[string], { n: number }>('SELECT count(*) AS n FROM search WHERE search MATCH ?').get(word)
      ?.n ?? 0;
  const target = (words: string): Fact => ({
    fact: 'call',
    key: 't',
    place: at('first', 1),
    name: 'Bash',
    type: 'execute',
    target: words,
    message: undefined,
  });
  const write = (db: Db, fact: Fact, source: Source = 'first'): void =>
    project(db, [[{ source, facts: [...activity(source, 1), fact] }]]);

  test('follows a text that becomes known later', () => {
    const db = makeIndex();
    write(
      db,
      { fact: 'approval', key: 't', place: at('hooks', 1), decision: 'approved', by: 'user' },
      'hooks',
    );
    expect(find(db, 'make')).toBe(0);
    write(db, target('make'));
    expect(find(db, 'make')).toBe(1);
    checkSearch(db);
  });

  test('forgets a text that was replaced', () => {
    const db = makeIndex();
    write(db, target('brew'));
    write(db, target('make everything'));
    expect([find(db, 'brew'), find(db, 'everything')]).toEqual([0, 1]);
    checkSearch(db);
  });

  test('is right where a text was written and replaced in one transaction', () => {
    const db = makeIndex();
    project(db, [
      [
        { source: 'first', facts: [target('brew')] },
        { source: 'fork', facts: [target('make everything')] },
      ],
    ]);
    expect([find(db, 'brew'), find(db, 'everything')]).toEqual([0, 1]);
    checkSearch(db);
  });

  test('is not touched by what comes a second time', () => {
    const db = makeIndex();
    for (let i = 0; i < 3; i++) write(db, target('make'));
    expect(find(db, 'make')).toBe(1);
    checkSearch(db);
  });
});

test.each([
  ['started', 'startup'],
  ['process', '4711'],
] as const)('a session that is used again after its end has not ended: %s', (name, value) => {
  const db = makeIndex();
  const told = (at: number, what: typeof name | 'ended' | 'endReason' | 'agent', word: string): Fact => ({
    fact: 'session',
    session: 's1',
    at,
    pos: at,
    name: what,
    value: word,
  });
  const reason = () => db.prepare('SELECT end_reason FROM session').pluck().get();
  const place: Place = { session: 's1', run: 's1', turn: undefined, at: 1, pos: 1, rank: 2 };
  const prompt: Fact = { fact: 'entry', key: 'p', kind: 'prompt', place, text: 'go' };
  const end = [prompt, told(1, 'agent', 'codex'), told(2, 'ended', ''), told(2, 'endReason', 'other')];
  project(db, [[{ source: 'hooks', facts: end }]]);
  expect(reason()).toBe('other');
  project(db, [[{ source: 'hooks', facts: [told(3, name, value)] }]]);
  expect(reason()).toBeNull();
});
