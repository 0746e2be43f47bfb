// One session: what it is, who worked in it, what they did, and what came of it.
import { moneyText } from '../../model/index.ts';
import type { SessionDetail } from '../../index.ts';
import { factLines, section } from './facts.ts';
import type { Fact } from './facts.ts';
import { costRange, differenceText } from './money.ts';
import { lines, many, outputTokens, promptTokens, short, tokensLine } from './numbers.ts';
import { tilde, within } from './path.ts';
import { runTree } from './runs.ts';
import { untitled } from './session-table.ts';
import { table } from './table.ts';
import { between, clock, day, fullMoment } from './time.ts';
import type { View } from './view.ts';
import { fit, fitEnd, wrap } from './width.ts';

const mostFiles = 30;

export function sessionLines(session: SessionDetail, view: View): string[] {
  const { colour } = view;
  return [
    ...wrap(session.title ?? untitled, view.width).map((line) => colour.bold(line)),
    '',
    ...factLines(
      [
        ['session', session.id],
        ['kept as', session.recordedAs === session.id ? null : session.recordedAs],
        ['status', session.status + (session.exitReason ? ` (${session.exitReason})` : '')],
        ['goal', session.goal === session.title ? null : session.goal],
        ['time', timeOf(session, view)],
        [
          'agent',
          [session.agent, session.versions.join(', ') || session.agentVersion, session.entrypoint]
            .filter(Boolean)
            .join(' · '),
        ],
        ['models', session.models.join(', ')],
        ...saidLines(session),
        ['project', session.project && tilde(session.project, view)],
        [
          'workspace',
          session.workspace === session.project ? null : session.workspace && tilde(session.workspace, view),
        ],
        ['branch', session.branches.join(', ') || session.branch],
        ['machine', session.machine],
        ['permissions', session.permissionMode],
        ['forked from', session.parentSessionId],
        ['forks', session.forks.join(', ')],
        ['did', didOf(session)],
        ['tokens', tokensLine(session.tokens, session.outputIsLowerBound)],
        ['cost', session.messages > 0 ? costRange(session.cost) : null],
        ['reported', reportedOf(session)],
      ],
      view,
    ),
    ...section('Agent runs', runTree(session.runs, session.outputIsLowerBound, view), view),
    ...section('Operations', operationLines(session, view), view),
    ...section('Changed files', fileLines(session, view), view),
    ...section(
      'Commits',
      session.commits.map((commit) => `${colour.green('◆')} ${fit(commit, view.width - 2)}`),
      view,
    ),
    ...section('Pull requests', session.pullRequests, view),
    ...section('Skills', wrap(session.skills.join(', '), view.width).filter(Boolean), view),
    ...section('Tokens by model', modelLines(session, view), view),
    ...(session.outputIsLowerBound
      ? [
          '',
          ...wrap(
            '≥ is a lower bound: of some answers only the start of the stream is on record, before all output was counted.',
            view.width,
          ).map(colour.dim),
        ]
      : []),
    ...section('Sources', sourceLines(session, view), view),
  ];
}

/** What was said of a session that is kept by hand. */
function saidLines(session: SessionDetail): Fact[] {
  const { recordedAs, modelTier: tier, metadata } = session;
  if (recordedAs === null) return [];
  return [
    ['called', session.agentName],
    ['user', session.user],
    ['model tier', tier && `${tier.given} (${tier.tier}, ${tier.strength})`],
    ['temperature', session.temperature === null ? null : String(session.temperature)],
    ['issues', session.issuesClaimed.join(', ')],
    ['metadata', metadata && JSON.stringify(metadata)],
  ];
}

function timeOf({ startedAt, endedAt }: SessionDetail, view: View): string {
  if (startedAt === null || endedAt === null) return fullMoment(startedAt, view.now);
  const end =
    day(startedAt, view.now) === day(endedAt, view.now) ? clock(endedAt) : fullMoment(endedAt, view.now);
  return `${fullMoment(startedAt, view.now)} – ${end} (${between(startedAt, endedAt)})`;
}

/** The agent's own figure, beside clew's. */
const reportedOf = ({ cost: { reported, computed } }: SessionDetail): string | null =>
  reported === null
    ? null
    : `${moneyText(reported)} by the agent: ${differenceText(reported - computed)} to what clew computed`;

const didOf = (s: SessionDetail): string =>
  [
    many(s.turns, 'turn'),
    many(s.messages, 'message'),
    many(s.operations, 'operation'),
    s.errors > 0 ? many(s.errors, 'error') : '',
    s.apiErrors > 0 ? many(s.apiErrors, 'API error') : '',
    s.compactions > 0 ? many(s.compactions, 'compaction') : '',
  ]
    .filter(Boolean)
    .join(', ');

function operationLines(s: SessionDetail, view: View): string[] {
  const counted = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .filter(([, n]) => n > 0)
      .map(([name, n]) => `${name} ${n}`)
      .join(', ');
  return factLines(
    [
      ['by type', counted(s.operationsByType)],
      ['by name', counted(s.operationsByName)],
      ['by status', counted(s.operationsByStatus)],
    ],
    view,
  );
}

function fileLines(s: SessionDetail, view: View): string[] {
  const shown = s.changedFiles.slice(0, mostFiles);
  if (shown.length === 0) return [];
  const rows = table(
    shown,
    [
      { head: 'file', cell: (file) => within(file.path, s.workspace, view), min: 20, cut: fitEnd },
      { head: 'changes', cell: (file) => String(file.changes), align: 'right' },
      { head: 'lines', cell: (file) => lines(file.added, file.removed), align: 'right' },
    ],
    view,
  );
  const rest = s.changedFiles.length - shown.length;
  return rest > 0 ? [...rows, view.colour.dim(`… ${rest} more`)] : rows;
}

const sourceLines = ({ sources }: SessionDetail, view: View): string[] =>
  sources.length === 0
    ? []
    : table(
        sources,
        [
          { head: 'source', cell: (one) => tilde(one.path, view), min: 20, cut: fitEnd },
          { head: 'kind', cell: (one) => one.kind },
          { head: 'records', cell: (one) => String(one.lines), align: 'right' },
        ],
        view,
      );

function modelLines(s: SessionDetail, view: View): string[] {
  if (s.tokensByModel.length === 0) return [];
  return table(
    s.tokensByModel,
    [
      { head: 'model', cell: (one) => one.model, min: 12 },
      { head: 'messages', cell: (one) => String(one.messages), align: 'right' },
      { head: 'input', cell: (one) => short(one.tokens.input), align: 'right' },
      { head: 'cache read', cell: (one) => short(one.tokens.cacheRead), align: 'right' },
      {
        head: 'cache write',
        cell: (one) => short(promptTokens(one.tokens) - one.tokens.input - one.tokens.cacheRead),
        align: 'right',
      },
      { head: 'output', cell: (one) => outputTokens(one.tokens, s.outputIsLowerBound), align: 'right' },
      { head: 'cost', cell: (one) => costRange(one.cost), align: 'right' },
    ],
    view,
  );
}
