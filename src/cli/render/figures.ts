// Figures of agents, issues, skills and sessions for people.
import type {
  AgentFigures,
  IssueFigures,
  OverallFigures,
  SessionDuration,
  SkillFigures,
} from '../../index.ts';
import { shortId } from '../../model/index.ts';
import { factLines, section } from './facts.ts';
import { grouped, many, short } from './numbers.ts';
import { table } from './table.ts';
import { duration, fullMoment } from './time.ts';
import type { View } from './view.ts';

type Counted = SkillFigures['byAgent'][number];

const countTable = (head: string, rows: readonly Counted[], view: View): string[] =>
  table(
    rows,
    [
      { head, cell: (one) => one.name, min: 8 },
      { head: 'times', cell: (one) => grouped(one.count), align: 'right' },
    ],
    view,
  );

export const agentLines = (one: AgentFigures, view: View): string[] => [
  ...factLines(
    [
      ['agent', one.agent],
      ['sessions', `${grouped(one.sessions)}, ${grouped(one.active)} of them active`],
      ['context', `${short(one.contextTokens)} tokens`],
      ['length', one.averageMs > 0 ? `${duration(one.averageMs)} on average` : null],
      ['issues', `${grouped(one.issues)}, ${grouped(one.completed)} of them completed`],
      ['skills', `used ${many(one.skillUses, 'time')}`],
    ],
    view,
  ),
  ...section('Skills used most', countTable('skill', one.skills, view), view),
];

export const issueLines = (one: IssueFigures, view: View): string[] => [
  ...factLines(
    [
      ['issue', one.issue],
      ['work', `${grouped(one.work)}, by ${many(one.agents, 'agent')}`],
      ['completed', one.completed ? 'yes' : 'no'],
      ['time', duration(one.totalMs)],
    ],
    view,
  ),
  ...section(
    'Agents',
    table(
      one.byAgent,
      [
        { head: 'agent', cell: (row) => row.agent ?? '–', min: 8 },
        { head: 'work', cell: (row) => grouped(row.work), align: 'right' },
        { head: 'time', cell: (row) => duration(row.totalMs), align: 'right' },
        { head: 'completed', cell: (row) => grouped(row.completed), align: 'right' },
      ],
      view,
    ),
    view,
  ),
];

export const skillLines = (one: SkillFigures, view: View): string[] => [
  ...factLines(
    [
      ['skill', one.skill],
      ['uses', `${grouped(one.uses)}, in ${many(one.sessions, 'session')}, by ${many(one.agents, 'agent')}`],
      ['context', `${many(one.contextAdded, 'token')} added`],
      [
        'average',
        one.averageContextAdded > 0 ? `${grouped(Math.round(one.averageContextAdded))} tokens` : null,
      ],
    ],
    view,
  ),
  ...section('Agents that used it most', countTable('agent', one.byAgent, view), view),
];

export const overallLines = (one: OverallFigures, view: View): string[] => [
  ...factLines(
    [
      ['sessions', `${grouped(one.sessions)}, ${grouped(one.active)} of them active`],
      ['agents', grouped(one.agents)],
      ['context', `${short(one.contextTokens)} tokens`],
      ['issues', `${grouped(one.issues)}, ${grouped(one.completed)} of them completed`],
      ['skills', grouped(one.skills)],
    ],
    view,
  ),
  ...section('Agents with most sessions', countTable('agent', one.byAgent, view), view),
];

export const durationTable = (rows: readonly SessionDuration[], view: View): string[] =>
  table(
    rows,
    [
      { head: 'session', cell: (one) => shortId(one.session), style: view.colour.dim },
      { head: 'agent', cell: (one) => one.agent, min: 6 },
      { head: 'begun', cell: (one) => fullMoment(one.startedAt, view.now) },
      { head: 'took', cell: (one) => duration(one.durationMs), align: 'right' },
      { head: 'title', cell: (one) => one.title ?? '', min: 12, spare: 1 },
      { head: '', cell: (one) => (one.completed ? '' : 'goes on') },
    ],
    view,
  );
