// The summaries of a day and of a project.
import { moneyText } from '../../model/index.ts';
import type { DailySummary, ProjectSummary } from '../../index.ts';
import { factLines, section } from './facts.ts';
import { many, percent, short } from './numbers.ts';
import { tilde } from './path.ts';
import { table } from './table.ts';
import type { View } from './view.ts';
import { fitEnd } from './width.ts';

export const dailyLines = (day: DailySummary, view: View): string[] => [
  view.colour.bold(day.date),
  ...factLines(
    [
      ['sessions', many(day.sessionCount, 'session')],
      ['operations', `${many(day.operationCount, 'operation')}, ${percent(day.successRate)} succeeded`],
      ['blocked', day.blockedOperations > 0 ? many(day.blockedOperations, 'operation') : null],
      ['tokens', short(day.totalTokens)],
      ['cost', moneyText(day.totalCost)],
      ['by', day.userId],
    ],
    view,
  ),
];

const names = { day: 'today', week: 'this week', month: 'this month' } as const;

export function projectLines(one: ProjectSummary, view: View): string[] {
  return [
    `${view.colour.bold(tilde(one.projectId, view))} ${names[one.period]}`,
    ...factLines(
      [
        ['cost', moneyText(one.totalCost)],
        ['machines', String(one.activeUsers)],
      ],
      view,
    ),
    ...section(
      'Models',
      table(
        one.topModels,
        [
          { head: 'model', cell: (row) => row.model || 'unnamed', min: 12, cut: fitEnd },
          { head: 'cost', cell: (row) => moneyText(row.cost), align: 'right' },
        ],
        view,
      ),
      view,
    ),
    ...section(
      'Operations',
      table(
        one.topOperations,
        [
          { head: 'type', cell: (row) => row.type },
          { head: 'count', cell: (row) => row.count.toLocaleString('en'), align: 'right' },
        ],
        view,
      ),
      view,
    ),
  ];
}
