// Figures of a small history that is known: two sessions of one agent, one of another, work and skills.
import { beforeEach, expect, test } from 'vitest';
import { decided, decidedSession } from '../test/support/decided.ts';
import { testHome } from '../test/support/home.ts';
import { createRecorder } from './journal/index.ts';
import type { NewRecord } from './journal/index.ts';
import type { Clew } from './index.ts';

const start = Date.parse('2026-03-01T12:00:00Z');
const hour = 3_600_000;
const minute = 60_000;
const [reviewer, other] = ['11111111-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000002'];
let clew: Clew;

/** A session kept by hand, which lasted so long, or goes on. */
const kept = (session: string, agentName: string, at: number, lasted?: number): NewRecord[] => {
  const values = { agent: 'recorded', agentName, agentType: 'custom', workspace: '/w' };
  const begun = { kind: 'session', session, at, subject: 'start', values } as const;
  const ended = { kind: 'session', session, subject: 'end', data: { status: 'completed' } } as const;
  return lasted === undefined ? [begun] : [begun, { ...ended, at: at + lasted }];
};
const work = (id: string, issue: string, session: string, at: number, lasted?: number): NewRecord[] => [
  { kind: 'work', id, subject: issue, session, at },
  ...(lasted === undefined
    ? []
    : [{ kind: 'work_done', subject: issue, session, parent: id, at: at + lasted } as const]),
];
const skill = (name: string, session: string, contextAdded?: number): NewRecord => ({
  kind: 'skill',
  subject: name,
  session,
  at: start + hour + minute,
  data: { contextAdded },
});

beforeEach(async () => {
  const home = testHome({ now: () => start + 10 * hour });
  clew = home.open();
  decidedSession(home, '/w', start);
  createRecorder(home.context, clew.config).recordAll([
    ...kept(reviewer, 'reviewer', start + hour, 2 * hour),
    ...kept(other, 'reviewer', start + 5 * hour),
    ...work('w1', 'bd-1', reviewer, start + hour, 30 * minute),
    ...work('w2', 'bd-1', decided, start, 10_000),
    ...work('w3', 'bd-2', other, start + 9 * hour),
    skill('pdf', reviewer, 1000),
    skill('pdf', decided, 500),
    skill('docx', reviewer),
  ]);
  await clew.import();
});

test('of an agent: averages are over what has ended', () => {
  expect(clew.agentFigures('reviewer')).toEqual({
    agent: 'reviewer',
    sessions: 2,
    active: 1,
    contextTokens: 0,
    averageMs: 2 * hour,
    issues: 2,
    completed: 1,
    skillUses: 2,
    skills: [
      { name: 'docx', count: 1 },
      { name: 'pdf', count: 1 },
    ],
  });
  expect(clew.agentFigures('reviewer', { since: start + 2 * hour })).toMatchObject({
    sessions: 1,
    averageMs: 0,
    issues: 1,
    skillUses: 0,
  });
  expect(clew.agentFigures('claude-code')).toMatchObject({ sessions: 1, active: 0, contextTokens: 1001 });
  expect(clew.agentFigures('claude')).toMatchObject({ agent: 'claude', sessions: 1 });
});

test('of an issue: all its work, whoever did it', () => {
  expect(clew.issueFigures('bd-1')).toEqual({
    issue: 'bd-1',
    work: 2,
    agents: 2,
    completed: true,
    totalMs: 30 * minute + 10_000,
    byAgent: [
      { agent: 'claude-code', work: 1, totalMs: 10_000, completed: 1 },
      { agent: 'reviewer', work: 1, totalMs: 30 * minute, completed: 1 },
    ],
  });
  expect(clew.issueFigures('bd-2')).toMatchObject({ completed: false, totalMs: hour });
});

test('of a skill: what it added, as far as that is told', () => {
  expect(clew.skillFigures('pdf')).toEqual({
    skill: 'pdf',
    uses: 2,
    sessions: 2,
    agents: 2,
    contextAdded: 1500,
    averageContextAdded: 750,
    byAgent: [
      { name: 'claude-code', count: 1 },
      { name: 'reviewer', count: 1 },
    ],
  });
  expect(clew.skillFigures('docx')).toMatchObject({ uses: 1, contextAdded: 0, averageContextAdded: 0 });
});

test('of all, and how long sessions took', () => {
  expect(clew.overallFigures()).toEqual({
    sessions: 3,
    active: 1,
    agents: 2,
    contextTokens: 1001,
    issues: 2,
    completed: 1,
    skills: 2,
    byAgent: [
      { name: 'reviewer', count: 2 },
      { name: 'claude-code', count: 1 },
    ],
  });
  const told = clew
    .sessionDurations()
    .map(({ session, durationMs, completed }) => [session, durationMs, completed]);
  expect(told).toEqual([
    [other, 5 * hour, false],
    [reviewer, 2 * hour, true],
    [decided, 10_000, true],
  ]);
  expect(clew.sessionDurations({ agent: 'reviewer', limit: 1 })).toHaveLength(1);
});

test('of nothing are zeros', () => {
  const zeros = {
    sessions: 0,
    active: 0,
    contextTokens: 0,
    averageMs: 0,
    issues: 0,
    completed: 0,
    skillUses: 0,
    skills: [],
  };
  expect(clew.agentFigures('nobody')).toEqual({ agent: 'nobody', ...zeros });
  expect(clew.issueFigures('bd-9')).toMatchObject({ work: 0, agents: 0, completed: false, totalMs: 0 });
  expect(clew.skillFigures('none')).toMatchObject({ uses: 0, sessions: 0, agents: 0, contextAdded: 0 });
  const empty = testHome().open();
  expect(empty.overallFigures()).toMatchObject({
    sessions: 0,
    active: 0,
    agents: 0,
    contextTokens: 0,
    byAgent: [],
  });
  expect(empty.sessionDurations()).toEqual([]);
});
