// What agents, issues and skills amount to: figures over sessions, work and uses of skills.
import type { Moment } from '../../query/index.ts';
import type { Db } from '../../store/index.ts';
import { listSkillUses } from '../skills.ts';
import { listWork } from '../work.ts';
import type { Work } from '../work.ts';
import { contextOf, durationsOf, isActive, mostFrequent, sessionsSince } from './sessions.ts';
import type {
  AgentFigures,
  FigureFilter,
  IssueFigures,
  OverallFigures,
  SessionDuration,
  SkillFigures,
} from './types.ts';

export type * from './types.ts';

const top = 5;
const distinct = (all: readonly (string | null)[]): number => new Set(all.filter((one) => one !== null)).size;
const issuesOf = (work: readonly Work[]): number => distinct(work.map((one) => one.issue));
const sum = (all: readonly number[]): number => all.reduce((n, one) => n + one, 0);
const average = (all: readonly number[]): number => (all.length === 0 ? 0 : sum(all) / all.length);

export function agentFigures(
  db: Db,
  moment: Moment,
  agent: { readonly name: string; readonly program: string },
  { since }: FigureFilter = {},
): AgentFigures {
  const sessions = sessionsSince(db, moment, since).filter(
    ({ name, program }) => name === agent.name || program === agent.program,
  );
  const own = new Set(sessions.map((one) => one.id));
  const work = listWork(db, { since }).filter((one) =>
    one.session === null ? one.agent === agent.name : own.has(one.session),
  );
  const uses = listSkillUses(db, { since }).filter(({ session }) => session !== null && own.has(session));
  const lengths = sessions.flatMap(({ startedAt, endedAt }) => (endedAt === null ? [] : endedAt - startedAt));
  return {
    agent: agent.name,
    sessions: sessions.length,
    active: sessions.filter(isActive).length,
    contextTokens: contextOf(db, sessions),
    averageMs: Math.round(average(lengths)),
    issues: issuesOf(work),
    completed: issuesOf(work.filter((one) => one.completed)),
    skillUses: uses.length,
    skills: mostFrequent(
      uses.map((one) => one.skill),
      top,
    ),
  };
}

export function issueFigures(db: Db, now: number, issue: string): IssueFigures {
  const work = listWork(db, { issue });
  const length = (one: Work): number =>
    Math.max(0, (one.endedAt === null ? now : Date.parse(one.endedAt)) - Date.parse(one.startedAt));
  return {
    issue,
    work: work.length,
    agents: distinct(work.map((one) => one.agent)),
    completed: work.some((one) => one.completed),
    totalMs: sum(work.map(length)),
    byAgent: [...Map.groupBy(work, (one) => one.agent)]
      .map(([agent, all]) => ({
        agent,
        work: all.length,
        totalMs: sum(all.map(length)),
        completed: all.filter((one) => one.completed).length,
      }))
      .toSorted((a, b) => b.work - a.work || ((a.agent ?? '') < (b.agent ?? '') ? -1 : 1)),
  };
}

export function skillFigures(db: Db, skill: string, { since }: FigureFilter = {}): SkillFigures {
  const uses = listSkillUses(db, { skill, since });
  const added = uses.flatMap((one) => one.contextAdded ?? []);
  return {
    skill,
    uses: uses.length,
    sessions: distinct(uses.map((one) => one.session)),
    agents: distinct(uses.map((one) => one.agent)),
    contextAdded: sum(added),
    averageContextAdded: average(added),
    byAgent: mostFrequent(
      uses.map((one) => one.agent),
      top,
    ),
  };
}

export function overallFigures(db: Db, moment: Moment, { since }: FigureFilter = {}): OverallFigures {
  const sessions = sessionsSince(db, moment, since);
  const known = new Set(sessions.map((one) => one.id));
  const work = listWork(db, { since }).filter(({ session }) => session === null || known.has(session));
  const names = sessions.map((one) => one.name);
  return {
    sessions: sessions.length,
    active: sessions.filter(isActive).length,
    agents: distinct(names),
    contextTokens: contextOf(db, sessions),
    issues: issuesOf(work),
    completed: issuesOf(work.filter((one) => one.completed)),
    skills: distinct(listSkillUses(db, { since }).map((one) => one.skill)),
    byAgent: mostFrequent(names, top),
  };
}

const shownDurations = 50;

/** The longest fifty, if no limit is given. */
export const sessionDurations = (
  db: Db,
  moment: Moment,
  {
    agent,
    since,
    limit = shownDurations,
  }: FigureFilter & { readonly agent?: string | undefined; readonly limit?: number | undefined } = {},
): SessionDuration[] =>
  durationsOf(
    sessionsSince(db, moment, since).filter(
      ({ name, program }) => agent === undefined || name === agent || program === agent,
    ),
    moment.now,
  ).slice(0, limit);
