// Figures of agents, issues, skills and sessions as the library offers them.
import type { Connection } from './connection.ts';
import {
  agentFigures,
  issueFigures,
  overallFigures,
  sessionDurations,
  skillFigures,
} from './journal/index.ts';
import type {
  AgentFigures,
  FigureFilter,
  IssueFigures,
  OverallFigures,
  SessionDuration,
  SkillFigures,
} from './journal/index.ts';
import type { Moment } from './query/index.ts';
import { agentOf } from './session-defaults.ts';

/** Of all time, where no time is given. What there is none of is 0. */
export interface FiguresHere {
  /** By the name that it was given, or that of its program, as users call it or as clew does. */
  agentFigures(agent: string, filter?: FigureFilter): AgentFigures;
  issueFigures(issue: string): IssueFigures;
  skillFigures(skill: string, filter?: FigureFilter): SkillFigures;
  overallFigures(filter?: FigureFilter): OverallFigures;
  /** The longest first; fifty, if no limit is given. */
  sessionDurations(
    filter?: FigureFilter & { readonly agent?: string | undefined; readonly limit?: number | undefined },
  ): SessionDuration[];
}

export const figuresHere = (
  { db, guarded }: Pick<Connection, 'db' | 'guarded'>,
  moment: () => Moment,
): FiguresHere => ({
  agentFigures: (agent, filter) =>
    guarded(() => agentFigures(db(), moment(), { name: agent, program: agentOf(agent) }, filter)),
  issueFigures: (issue) => guarded(() => issueFigures(db(), moment().now, issue)),
  skillFigures: (skill, filter) => guarded(() => skillFigures(db(), skill, filter)),
  overallFigures: (filter) => guarded(() => overallFigures(db(), moment(), filter)),
  sessionDurations: (filter) => guarded(() => sessionDurations(db(), moment(), filter)),
});
