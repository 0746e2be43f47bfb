// Sessions as `clew session` shows them.
import type { ContextSnapshot, Interaction, KeptRow, SessionReport, StartedSession } from '../../index.ts';
import { moneyText, shortId } from '../../model/index.ts';
import { factLines, section } from './facts.ts';
import type { Fact } from './facts.ts';
import { shortIds } from './ids.ts';
import { many } from './numbers.ts';
import { tilde } from './path.ts';
import { table } from './table.ts';
import { fullMoment, moment, seconds } from './time.ts';
import type { View } from './view.ts';
import { fit, fitEnd, wrap } from './width.ts';

export function startedLines(started: StartedSession, view: View): string[] {
  const { id, context } = started;
  return [
    `${view.colour.green('✓')} Session started`,
    '',
    ...factLines(
      [
        ['Session ID', id],
        ['Session UUID', started.uuid],
        ['Project', tilde(started.project, view)],
        ['Agent', [started.agentName, started.agentType, started.agentVersion].filter(Boolean).join(' · ')],
        ['Goal', started.goal ?? 'not given'],
        ['Context', context && `${many(context.fileCount, 'file')}, about ${context.tokenEstimate} tokens`],
        ['Joined with', started.agentSession],
      ],
      view,
    ),
    '',
    `  ${started.export}`,
    '',
    `clew session status ${id}`,
    `clew session end ${id}`,
    `clew session history ${id}`,
  ];
}

const agentOf = (row: {
  readonly agent: string;
  readonly agentName?: string | null;
  readonly agentVersion: string | null;
}): string => [row.agentName, row.agent, row.agentVersion].filter(Boolean).join(' · ');

/** `context`: the latest snapshot, for those who want all. */
export function reportLines(
  report: SessionReport,
  verbose: boolean,
  context: ContextSnapshot | undefined,
  view: View,
): string[] {
  const tier = report.modelTier;
  const more: Fact[] = [
    ['model', report.model],
    ['model tier', tier && `${tier.given} (${tier.tier}, ${tier.strength})`],
    ['temperature', report.temperature === null ? null : String(report.temperature)],
    ['user', report.user],
    ['workspace', report.workspace && tilde(report.workspace, view)],
    ['branch', report.branch],
    ['issues', report.issuesClaimed.join(', ')],
    ['skills', report.skillsUsed.join(', ')],
    ['first prompt', report.initialPrompt && fit(report.initialPrompt.split('\n')[0] ?? '', view.width)],
    ['metadata', report.metadata && JSON.stringify(report.metadata)],
  ];
  return [
    ...factLines(
      [
        ['session', report.id],
        ['UUID', report.recordedAs ?? report.uuid],
        ['project', report.project === null ? 'none' : tilde(report.project, view)],
        ['agent', agentOf(report)],
        ['status', report.status + (report.exitReason ? ` (${report.exitReason})` : '')],
        ['started', fullMoment(report.startedAt, view.now)],
        ...(isOver(report) ? ([['ended', fullMoment(report.endedAt, view.now)]] as const) : []),
        ['duration', seconds(report.durationSeconds)],
        ['paused', report.pausedSeconds > 0 ? seconds(report.pausedSeconds) : null],
        ['goal', report.goal],
        ...(verbose ? more : []),
      ],
      view,
    ),
    ...section('Statistics', statistics(report, view), view),
    ...(verbose
      ? section(
          'Commits',
          report.commits.map((commit) => `${view.colour.green('◆')} ${fit(commit, view.width - 2)}`),
          view,
        )
      : []),
    ...(context
      ? section('Context', contextLines(context, JSON.stringify(context.content, undefined, 2), view), view)
      : []),
  ];
}

const isOver = ({ status }: { readonly status: string }): boolean =>
  status !== 'active' && status !== 'paused';

function statistics(report: SessionReport, view: View): string[] {
  const steps = Object.entries(report.interactions);
  const count = steps.reduce((sum, [, n]) => sum + (n ?? 0), 0);
  return factLines(
    [
      ['commits', String(report.commits.length)],
      [
        'interactions',
        `${count}${count > 0 ? `: ${steps.map(([type, n]) => `${type} ${n}`).join(', ')}` : ''}`,
      ],
      ['metrics', report.metrics.map(({ name, value }) => `${name} ${value}`).join(', ')],
      ['operations', String(report.operationCount)],
      ['tokens', String(report.totalTokens)],
      ['cost', report.messages > 0 ? moneyText(report.totalCost) : null],
    ],
    view,
  );
}

export function keptTable(rows: readonly KeptRow[], view: View): string[] {
  const id = shortIds(rows.map((row) => row.id));
  return table(
    rows,
    [
      { head: 'id', cell: (row) => id(row.id), style: view.colour.yellow },
      { head: 'project', cell: (row) => tilde(row.project ?? '', view), min: 12, cut: fitEnd, spare: 1 },
      { head: 'agent', cell: (row) => [row.agentName, row.agent].filter(Boolean).join(' · '), min: 8 },
      { head: 'status', cell: (row) => row.status },
      { head: 'started', cell: (row) => moment(row.startedAt, view.now) },
      { head: 'duration', cell: (row) => seconds(row.durationSeconds), align: 'right' },
      { head: 'commits', cell: (row) => String(row.commits), align: 'right' },
      { head: 'goal', cell: (row) => row.goal ?? row.title ?? '', min: 20 },
    ],
    view,
  );
}

const shownContent = 200;

export const historyLines = (found: readonly Interaction[], view: View): string[] =>
  found.flatMap(({ at, type, content, metadata }) => [
    `${view.colour.dim(fullMoment(at, view.now))} ${view.colour.bold(type)}`,
    ...(content === null ? [] : indented(shortened(content), view)),
    ...(metadata === null ? [] : indented(shortened(JSON.stringify(metadata)), view).map(view.colour.dim)),
  ]);

const shortened = (text: string): string =>
  text.length > shownContent ? `${text.slice(0, shownContent)}…` : text;

const indented = (text: string, view: View): string[] =>
  text.split('\n').flatMap((line) => wrap(line, view.width - 2).map((one) => `  ${one}`));

export const snapshotFacts = (taken: Omit<ContextSnapshot, 'content'>, view: View): string[] =>
  factLines(
    [
      ['type', taken.type],
      ['taken', fullMoment(taken.at, view.now)],
      ['files', String(taken.fileCount)],
      ['tokens', `about ${taken.tokenEstimate}`],
    ],
    view,
  );

const shownContext = 500;

/** The facts of a snapshot and the beginning of its content. */
export const contextLines = (taken: ContextSnapshot, content: string, view: View): string[] => [
  ...snapshotFacts(taken, view),
  '',
  ...content.slice(0, shownContext).split('\n'),
  ...(content.length > shownContext
    ? [view.colour.dim('… `clew session context ID --output FILE` writes all of it')]
    : []),
];

/** One line on what became of a session. */
export const changeLine = (report: SessionReport, what: string, view: View): string =>
  `${view.colour.yellow(shortId(report.id))} ${what}${report.goal === null ? '' : view.colour.dim(` (${report.goal})`)}`;

export const endLines = (report: SessionReport, view: View): string[] => [
  changeLine(report, report.status, view),
  ...factLines(
    [
      ['status', report.status + (report.exitReason ? ` (${report.exitReason})` : '')],
      ['duration', seconds(report.durationSeconds)],
      ['commits', String(report.commits.length)],
      ['interactions', String(Object.values(report.interactions).reduce((sum, n) => sum + (n ?? 0), 0))],
    ],
    view,
  ),
];
