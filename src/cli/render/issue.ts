// One issue: what it is, who worked on it, what that cost, and what came of it.
import type { IssueDetail, IssueEvidence, IssueSession } from '../../index.ts';
import { factLines, section } from './facts.ts';
import { shortIds } from './ids.ts';
import { statusColour } from './issue-table.ts';
import { costRange, costShort } from './money.ts';
import { lines, many, tokensLine } from './numbers.ts';
import { tilde, within } from './path.ts';
import { table } from './table.ts';
import { between, clock, day, duration, fullMoment, moment } from './time.ts';
import type { View } from './view.ts';
import { fit, fitEnd, oneLine, wrap } from './width.ts';

const mostFiles = 30;

/** `here`: where no tracker tells the issue's project, paths are told as they are seen from this folder. */
export function issueLines(detail: IssueDetail, view: View, here: string): string[] {
  const { colour } = view;
  const { issue } = detail;
  return [
    ...wrap(`${detail.id}  ${issue?.title ?? '(in no tracker here)'}`, view.width).map((line) =>
      colour.bold(line),
    ),
    '',
    ...factLines(
      [
        ['status', issue && statusColour(view)(statusOf(issue), issue)],
        ['type', issue?.type],
        ['priority', issue?.priority?.toString()],
        ['assignee', issue?.assignee],
        ['labels', issue?.labels.join(', ')],
        ['depends on', issue?.dependencies.map(({ id, type }) => `${id} (${type})`).join(', ')],
        ['closed', issue?.state === 'closed' ? closedOf(issue, view) : null],
        ['elsewhere', issue?.externalRef],
        ['tracker', trackerOf(detail, view)],
        ['time', timeOf(detail, view)],
        ['agents', detail.agents.join(', ')],
        ['models', detail.models.join(', ')],
        ['did', didOf(detail)],
        [
          'tokens',
          detail.use.messages > 0 ? tokensLine(detail.use.tokens, detail.use.lowerBounds > 0) : null,
        ],
        ['cost', detail.use.messages > 0 ? costRange(detail.use.cost) : null],
        ['not divided', undividedOf(detail)],
      ],
      view,
    ),
    ...section('Description', issue?.description ? wrap(issue.description, view.width) : [], view),
    ...section(
      'Sessions',
      detail.sessions.flatMap((one) => sessionLines(one, detail, view)),
      view,
    ),
    ...section('Work', workLines(detail, view), view),
    ...section(
      'Decisions',
      detail.decisions.flatMap((one) => decisionLines(one, view)),
      view,
    ),
    ...section('Commits', commitLines(detail, view), view),
    ...section('Files', fileLines(detail.files, detail.project ?? here, view), view),
    ...detail.warnings.flatMap((one) => ['', ...wrap(one, view.width).map(colour.yellow)]),
  ];
}

const statusOf = ({ status, state }: NonNullable<IssueDetail['issue']>): string =>
  status.toLowerCase().replaceAll(/[\s-]+/g, '_') === state ? status : `${status} (${state})`;

const closedOf = ({ closedAt, closeReason }: NonNullable<IssueDetail['issue']>, { now }: View): string =>
  [closedAt && fullMoment(closedAt, now), closeReason].filter(Boolean).join(': ');

function trackerOf({ tracker, project, seenAt }: IssueDetail, view: View): string | null {
  if (tracker === null) return null;
  const where = project === null ? tracker : `${tracker}, ${tilde(project, view)}`;
  return seenAt === null ? where : `${where}; not there now, as it was on ${fullMoment(seenAt, view.now)}`;
}

function timeOf(detail: IssueDetail, view: View): string | null {
  const { startedAt, endedAt, elapsedMs, activeMs } = detail;
  if (startedAt === null || elapsedMs === null) return null;
  return `${spanOf(startedAt, endedAt ?? startedAt, view)} (${duration(elapsedMs)}), active ${duration(activeMs)}`;
}

function spanOf(from: string, to: string, { now }: View): string {
  const end = day(from, now) === day(to, now) ? clock(to) : fullMoment(to, now);
  return `${fullMoment(from, now)} – ${end}`;
}

const didOf = ({ sessions, use, operations, commits, files }: IssueDetail): string =>
  [
    many(sessions.length, 'session'),
    many(use.messages, 'message'),
    many(operations, 'operation'),
    many(commits.length, 'commit'),
    many(files.length, 'file'),
  ].join(', ');

const undividedOf = ({ undivided }: IssueDetail): string | null =>
  undivided.sessions === 0
    ? null
    : `${many(undivided.sessions, 'whole session')} with other issues in it, ${costRange(undivided.cost)}: how much of that is this issue's is not known`;

const shares = { all: '', part: 'a part', undivided: 'whole session' } as const;

function sessionLines(one: IssueSession, { sessions }: IssueDetail, view: View): string[] {
  const { colour } = view;
  const id = shortIds(sessions.map((session) => session.id));
  const facts = [
    shares[one.share],
    one.agent ?? 'not known to clew',
    moment(one.startedAt, view.now),
    many(one.operations, 'operation'),
    one.activeMs > 0 ? `active ${duration(one.activeMs)}` : '',
    one.use.messages > 0 ? costShort(one.use.cost) : '',
  ].filter(Boolean);
  return [
    `${colour.yellow(id(one.id))}  ${fit(oneLine(one.title ?? ''), view.width - 10)}`.trimEnd(),
    ...wrap(facts.join(' · '), view.width - 4).map((line) => `    ${line}`),
    ...one.evidence.map((it) => `    ${colour.dim(fit(oneLine(evidenceText(it, view)), view.width - 4))}`),
  ];
}

function evidenceText({ kind, at, until, text, key }: IssueEvidence, view: View): string {
  const when = at === null ? '' : ` ${fullMoment(at, view.now)}`;
  if (kind === 'work') return `work${when}, ${between(at, until) ?? 'open'}${text ? `: ${text}` : ''}`;
  if (kind === 'branch') return `branch ${key}`;
  if (kind === 'closed_by_session') return 'closed by this session, says the tracker';
  return `${kind}${when}: ${text}`;
}

const workLines = ({ work }: IssueDetail, view: View): string[] =>
  table(
    work,
    [
      { head: 'begun', cell: (one) => fullMoment(one.startedAt, view.now) },
      { head: 'took', cell: (one) => between(one.startedAt, one.endedAt) ?? 'open' },
      { head: 'by', cell: (one) => one.agent ?? '', min: 8 },
      { head: 'status', cell: (one) => one.statusChanges.map((change) => change.status).join(' → ') },
      {
        head: 'why and what',
        cell: (one) => [one.rationale, one.notes].filter(Boolean).join(' → '),
        min: 20,
      },
    ],
    view,
  );

function decisionLines(
  { question, selected, rationale }: IssueDetail['decisions'][number],
  view: View,
): string[] {
  const answer = `${selected ?? 'no answer'}${rationale ? `: ${rationale}` : ''}`;
  return [
    ...wrap(oneLine(question), view.width - 2).map((line, i) => (i === 0 ? `? ${line}` : `  ${line}`)),
    ...wrap(oneLine(answer), view.width - 4).map((line) => `    ${view.colour.dim(line)}`),
  ];
}

const commitLines = ({ commits }: IssueDetail, view: View): string[] =>
  commits.map(({ sha, subject, named }) => {
    const text = `${sha.slice(0, 10)} ${subject}${named ? '' : ' (made meanwhile)'}`;
    return `${view.colour.green('◆')} ${fit(oneLine(text), view.width - 2)}`;
  });

function fileLines(files: IssueDetail['files'], root: string, view: View): string[] {
  const shown = files.slice(0, mostFiles);
  const rows = table(
    shown,
    [
      { head: 'file', cell: ({ path }) => within(path, root, view), min: 20, cut: fitEnd },
      { head: 'changes', cell: (file) => String(file.changes), align: 'right' },
      { head: 'lines', cell: (file) => lines(file.added, file.removed), align: 'right' },
    ],
    view,
  );
  return files.length > shown.length
    ? [...rows, view.colour.dim(`… ${files.length - shown.length} more`)]
    : rows;
}
