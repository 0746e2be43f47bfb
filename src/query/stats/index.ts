// Statistics of what agents did: how often, how well, how long, for how much, and what could be better.
import type { Db } from '../../store/index.ts';
import { iso } from '../rows.ts';
import type { Moment } from '../rows.ts';
import { statusOfSession } from '../sessions.ts';
import { agentStats } from './agents.ts';
import { callsOf } from './calls.ts';
import { errorPatterns } from './errors.ts';
import { fileStats, skillStats } from './files.ts';
import { modelStats } from './models.ts';
import { recommendations } from './recommendations.ts';
import { sessionStats } from './sessions.ts';
import { slowest, toolStats } from './tools.ts';
import type { Stats, StatsFilter } from './types.ts';

export { dailySummary, projectSummary, summaryPeriods } from './summaries.ts';
export type { DailySummary, ProjectSummary, SummaryPeriod } from './summaries.ts';
export type * from './types.ts';

const mostFiles = 50;
const mostSlow = 10;

export function statsOf(db: Db, moment: Moment, filter: StatsFilter): Stats {
  const calls = callsOf(db, filter, (session) => statusOfSession(db, session, moment) !== 'active');
  const stats = {
    from: iso(filter.since),
    until: iso(filter.until),
    sessions: sessionStats(db, moment, filter, calls),
    agents: agentStats(db, filter, calls),
    tools: toolStats(calls),
    errors: errorPatterns(db, calls),
    files: fileStats(db, filter, mostFiles),
    skills: skillStats(db, filter),
    models: modelStats(db, filter),
    slowest: slowest(db, calls, mostSlow),
  };
  return { ...stats, recommendations: recommendations(stats) };
}
