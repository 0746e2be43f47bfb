// Work, skills, metrics, notes and decisions, recorded and read again through the library.
import { beforeEach, describe, expect, test } from 'vitest';
import { decided, decidedSession, question } from '../test/support/decided.ts';
import { testHome } from '../test/support/home.ts';
import type { TestHome } from '../test/support/home.ts';
import { openClew } from './index.ts';
import type { Clew } from './index.ts';

const start = Date.parse('2026-03-01T12:00:00Z');
let now: number;
let home: TestHome;
let clew: Clew;

/** The library for whoever has this in the environment. */
const within = (session: string): Clew =>
  openClew({ context: { ...home.context, env: { CLEW_SESSION_ID: session } } });
const later = (seconds: number): void => {
  now += seconds * 1000;
};

beforeEach(() => {
  now = start;
  home = testHome({ now: () => now });
  clew = home.open();
});

describe('work', () => {
  test('is begun, changes its status, and is done, each with its time', async () => {
    const begun = await clew.startWork('bd-1', { rationale: 'it loses comments', by: 'mira' });
    later(60);
    await clew.setWorkStatus('bd-1', 'in_review');
    later(60);
    await clew.setWorkStatus('bd-1', 'approved');
    later(60);
    const { changed, ...done } = await clew.finishWork(undefined, { notes: 'with a test' });
    expect(changed).toBe(true);
    expect(done).toEqual({
      id: begun.id,
      issue: 'bd-1',
      session: null,
      agent: 'mira',
      startedAt: '2026-03-01T12:00:00.000Z',
      endedAt: '2026-03-01T12:03:00.000Z',
      status: 'approved',
      statusChanges: [
        { at: '2026-03-01T12:01:00.000Z', status: 'in_review', by: null },
        { at: '2026-03-01T12:02:00.000Z', status: 'approved', by: null },
      ],
      rationale: 'it loses comments',
      notes: 'with a test',
      completed: true,
    });
    expect(clew.work()).toEqual([done]);
  });

  test('keeps its first begin and its first end; what it stands for already is no change', async () => {
    const begun = await clew.startWork('bd-1', { rationale: 'first', by: 'mira' });
    const other = await clew.startWork('bd-1', { by: 'ann' });
    expect([begun.changed, other.changed]).toEqual([true, true]);
    later(60);
    const again = await clew.startWork('bd-1', { rationale: 'second', by: 'mira' });
    expect(again).toEqual({ ...begun, changed: false });
    await clew.finishWork(other.id);
    await clew.setWorkStatus('bd-1', 'blocked');
    expect(await clew.setWorkStatus('bd-1', 'blocked')).toMatchObject({
      changed: false,
      statusChanges: [{ status: 'blocked' }],
    });
    const first = await clew.finishWork(begun.id, { notes: 'one' });
    later(60);
    const same = { ...first, changed: false };
    expect(await clew.finishWork(begun.id, { notes: 'two' })).toEqual(same);
    const next = await clew.startWork('bd-1', { by: 'mira' });
    expect(next).toMatchObject({ changed: true, completed: false });
    expect(next.id).not.toBe(begun.id);
  });

  test('that is over is told by its issue, too', async () => {
    const { id } = await clew.startWork('bd-1');
    await clew.finishWork(id, { notes: 'one' });
    expect(await clew.finishWork('bd-1', { notes: 'two' })).toMatchObject({ notes: 'one', changed: false });
  });

  test('without a name is the one open work of the session, and no other session’s', async () => {
    decidedSession(home, '/w', start - 60_000);
    await clew.import();
    await within(decided).startWork('bd-1');
    await clew.startWork('bd-2', { session: decided });
    await expect(within(decided).finishWork()).rejects.toMatchObject({
      code: 'AMBIGUOUS',
      message: expect.stringMatching(/on bd-[12], .* on bd-[12]/) as string,
    });
    await expect(clew.finishWork()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await clew.finishWork('bd-2');
    expect(await within(decided).finishWork()).toMatchObject({ issue: 'bd-1', agent: 'claude-code' });
  });

  test('of a session that is not there is refused', async () => {
    await expect(clew.startWork('bd-1', { session: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(within('nobody').startWork('bd-1')).rejects.toMatchObject({
      message: expect.stringContaining('CLEW_SESSION_ID is "nobody"') as string,
    });
    expect(clew.work()).toEqual([]);
  });

  test('that nobody began has no status', async () => {
    await expect(clew.setWorkStatus('bd-9', 'open')).rejects.toMatchObject({
      hint: expect.stringContaining('clew work start bd-9') as string,
    });
  });

  test('is listed by issue and session, and there again after reindex', async () => {
    decidedSession(home, '/w', start - 60_000);
    await clew.import();
    await clew.startWork('bd-1', { session: decided });
    later(1);
    await clew.startWork('bd-2');
    const all = clew.work();
    expect(all.map((one) => one.issue)).toEqual(['bd-2', 'bd-1']);
    expect(clew.work({ issue: 'bd-1' })).toEqual(clew.work({ session: decided.slice(0, 8) }));
    clew.reindex();
    expect(clew.work()).toEqual(all);
  });
});

test('what is recorded stands in the timeline in words, and decisions in the handoff', async () => {
  decidedSession(home, '/w', start - 60_000);
  await clew.import();
  const how = { session: decided };
  await clew.startWork('bd-1', { ...how, rationale: 'it loses comments' });
  later(1);
  await clew.setWorkStatus('bd-1', 'in_review', how);
  later(1);
  await clew.useSkill('pdf', how);
  later(1);
  const decision = { question: 'Now?', options: ['yes', 'no'], selected: 'yes', rationale: 'it hurts' };
  await clew.recordDecision(decision, how);
  clew.recordEvent({ event_type: 'decision', agent: 'a', ...decision, question: 'Here?' }, how);
  await clew.recordNote('the parser is half done', how);
  const goOn = 'go on with bd-1: work on it was begun';
  expect(clew.handoff(decided).markdown).toContain(goOn);
  later(1);
  await clew.finishWork('bd-1', { ...how, notes: 'with a test' });
  const told = clew.timeline(decided).entries.filter((one) => Date.parse(one.at ?? '') >= start);
  expect(told.map((one) => one.text)).toEqual([
    'work on bd-1 begun: it loses comments',
    'work on bd-1 is in_review',
    'pdf',
    'Now? → yes',
    'Here? → yes\nit hurts',
    'the parser is half done',
    'work on bd-1 done: with a test',
  ]);
  const { markdown } = clew.handoff(decided);
  expect(markdown).not.toContain(goOn);
  expect(markdown).toMatch(/^## Notes\n\n- the parser is half done/m);
  for (const question of ['Now?', 'Here?'])
    expect(markdown).toContain(`- ${question} → yes, not no; why: it hurts`);
  expect(clew.stats({ since: start }).skills).toMatchObject([{ name: 'pdf', uses: 1 }]);
});

test('a session that is over does not last until something is said about it', async () => {
  decidedSession(home, '/w', start - 86_400_000);
  await clew.import();
  const before = clew.session(decided);
  await clew.recordNote('remember this', { session: decided });
  await clew.startWork('bd-1', { session: decided });
  expect(clew.session(decided)).toMatchObject({ status: 'completed', endedAt: before.endedAt });
});

describe('skills', () => {
  test('are recorded for a session, with what they added', async () => {
    decidedSession(home, '/w', start - 60_000);
    await clew.import();
    await clew.useSkill('pdf', { session: decided, contextAdded: 1800, issue: 'bd-1' });
    expect(clew.skillUses()).toMatchObject([
      {
        skill: 'pdf',
        session: decided,
        agent: 'claude-code',
        issue: 'bd-1',
        contextAdded: 1800,
        isEstimate: false,
      },
    ]);
    expect(clew.skillUses({ skill: 'docx' })).toEqual([]);
  });

  test('belong to a session, and tokens are counted', async () => {
    await expect(clew.useSkill('pdf')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    decidedSession(home, '/w', start - 60_000);
    await clew.import();
    await expect(clew.useSkill('pdf', { session: decided, contextAdded: -1 })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
  });
});

describe('metrics', () => {
  test('are recorded, and four are computed of each session', async () => {
    decidedSession(home, '/w', start - 60_000);
    await clew.import();
    await clew.recordMetric('coverage', 0.83, { session: decided, metadata: { of: 'main' } });
    const told = clew.metrics(decided).map(({ name, value, automatic }) => ({ name, value, automatic }));
    expect(told).toEqual([
      { name: 'coverage', value: 0.83, automatic: false },
      { name: 'tokens_used', value: 4 * 1076, automatic: true },
      { name: 'files_modified', value: 2, automatic: true },
      { name: 'commands_run', value: 2, automatic: true },
      { name: 'duration_seconds', value: 60, automatic: true },
    ]);
    later(3600);
    const seconds = clew.metrics(decided).at(-1);
    expect(seconds).toMatchObject({ name: 'duration_seconds', value: 10 });
    expect(clew.sessionReport(decided).durationSeconds).toBe(10);
    expect(clew.metrics()).toMatchObject([{ name: 'coverage', metadata: { of: 'main' } }]);
  });

  test('are numbers', async () => {
    await expect(clew.recordMetric('coverage', Number.NaN)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(clew.recordMetric('coverage', 1, { metadata: [1] })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
  });
});

describe('decisions', () => {
  const parser = { question: 'Which one?', options: ['a', 'b'], selected: 'a' };

  test('that were recorded and those that agents put to their users are told alike, the latest first', async () => {
    decidedSession(home, '/w', start - 60_000);
    const kept = await clew.recordDecision(
      { ...parser, rationale: 'better errors', confidence: 0.8, alternatives: ['c'], issue: 'bd-1' },
      { by: 'mira' },
    );
    expect(clew.decisions()).toEqual([
      {
        id: kept.id,
        at: '2026-03-01T12:00:00.000Z',
        kind: 'recorded',
        session: null,
        turn: null,
        operation: null,
        by: 'mira',
        issue: 'bd-1',
        ...parser,
        rationale: 'better errors',
        confidence: 0.8,
        alternatives: ['c'],
      },
      {
        id: 'toolu_ask|decision',
        at: '2026-03-01T11:59:02.000Z',
        kind: 'question',
        session: decided,
        turn: 'p1',
        operation: 'toolu_ask',
        by: 'user',
        issue: null,
        question,
        options: ['hand-written', 'generated'],
        selected: 'hand-written',
        rationale: null,
        confidence: null,
        alternatives: [],
      },
    ]);
  });

  test('select one of the options, if not said otherwise', async () => {
    await expect(clew.recordDecision({ ...parser, selected: 'c' })).rejects.toMatchObject({
      message: '"c" is none of the options: a, b',
    });
    await expect(clew.recordDecision({ ...parser, confidence: 2 })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
    expect(clew.decisions()).toEqual([]);
    expect(await clew.recordDecision({ ...parser, selected: 'c', free: true })).toMatchObject({
      selected: 'c',
    });
  });

  test('are an issue’s where they were made while its session was at work on it', async () => {
    decidedSession(home, '/w', start + 3_600_000);
    await clew.import();
    await clew.startWork('bd-1', { session: decided });
    expect(clew.decisions({ issue: 'bd-1' }).map((one) => one.question)).toEqual([question]);
    expect(clew.decisions({ issue: 'bd-2' })).toEqual([]);
    await clew.finishWork('bd-1');
    expect(clew.decisions({ issue: 'bd-1' })).toEqual([]);
  });
});

test('a note stands in its session and can be found', async () => {
  decidedSession(home, '/w', start - 60_000);
  await clew.import();
  const note = await clew.recordNote('the cache must not be shared', { session: decided });
  expect(clew.notes()).toEqual([note]);
  expect(clew.search('cache shared')).toMatchObject([{ session: decided, kind: 'note' }]);
});
