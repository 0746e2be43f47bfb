// Commits as a table, and one commit with all that is behind it.
import { moneyText } from '../../model/index.ts';
import type { CommitDetail, CommitRow, CommitSession } from '../../index.ts';
import { factLines, section } from './facts.ts';
import { shortIds } from './ids.ts';
import { lines } from './numbers.ts';
import { tilde } from './path.ts';
import { table } from './table.ts';
import { fullMoment, moment } from './time.ts';
import type { View } from './view.ts';
import { fitEnd, wrap } from './width.ts';

const shortSha = (sha: string): string => sha.slice(0, 10);

export function commitTable(rows: readonly CommitRow[], view: View): string[] {
  const { colour } = view;
  const id = shortIds(rows.flatMap((row) => row.sessions.map((one) => one.id)));
  return table(
    rows,
    [
      { head: 'commit', cell: (row) => shortSha(row.sha), style: colour.yellow },
      { head: 'time', cell: (row) => moment(row.committedAt, view.now) },
      {
        head: 'message',
        cell: (row) => (row.replacedBy === null ? row.subject : `(replaced) ${row.subject}`),
        min: 30,
        style: (text, row) => (row.replacedBy === null ? text : colour.dim(text)),
      },
      {
        head: 'sessions',
        cell: ({ sessions }) =>
          sessions.map((one) => (sessions.length > 1 && one.primary ? '★' : '') + id(one.id)).join(' '),
        min: 8,
        style: colour.cyan,
      },
      {
        head: 'agent',
        cell: (row) => [...new Set(row.sessions.map((one) => one.agent))].join(' '),
        spare: 3,
      },
      { head: 'files', cell: (row) => String(row.files), align: 'right', spare: 2 },
      { head: 'lines', cell: (row) => lines(row.added, row.removed), align: 'right', spare: 1 },
      { head: 'issues', cell: (row) => row.issues.join(' '), spare: 4 },
      { head: 'branch', cell: (row) => row.branch ?? '', min: 8, spare: 5 },
      { head: 'author', cell: (row) => row.author, min: 6, spare: 6 },
    ],
    view,
  );
}

const mostFiles = 30;

export function commitLines(commit: CommitDetail, view: View): string[] {
  const { colour } = view;
  const { changedFiles } = commit;
  const shown = changedFiles.slice(0, mostFiles);
  const rest = commit.files - shown.length;
  return [
    ...wrap(commit.subject, view.width).map((line) => colour.bold(line)),
    '',
    ...factLines(
      [
        ['commit', commit.sha],
        ['time', commit.committedAt && fullMoment(commit.committedAt, view.now)],
        ['author', `${commit.author} <${commit.email}>`],
        ['branch', commit.branch],
        ['folder', commit.root && tilde(commit.root, view)],
        ['parents', commit.parents.map(shortSha).join(', ')],
        ['replaces', commit.replaces.map(shortSha).join(', ')],
        ['replaced by', commit.replacedBy && shortSha(commit.replacedBy)],
        ['copy of', commit.copyOf.map(shortSha).join(', ')],
        ['issues', commit.issues.join(', ')],
        ['seen', commit.seen && seenBy[commit.seen]],
      ],
      view,
    ),
    ...section(
      'Message',
      bodyOf(commit).flatMap((line) => wrap(line, view.width)),
      view,
    ),
    ...section(
      'Sessions',
      commit.sessions.flatMap((one) => sessionLines(one, commit.sessions.length, view)),
      view,
    ),
    ...section(
      'Notes',
      commit.notes.flatMap((note) => wrap(note, view.width)),
      view,
    ),
    ...section(
      'Files',
      [
        ...table(
          shown,
          [
            { head: 'file', cell: (file) => file.path, min: 20, cut: fitEnd },
            { head: 'lines', cell: (file) => lines(file.added, file.removed), align: 'right' },
          ],
          view,
        ),
        ...(rest > 0 ? [colour.dim(`… ${rest} more`)] : []),
      ],
      view,
    ),
  ];
}

const seenBy = {
  hook: "by git's hook",
  reflog: 'by the reflog',
  shell: "by what the agent's shell told",
} as const;

const evidence = {
  environment: 'CLEW_SESSION_ID named it',
  shell: 'its shell made the commit',
  hook: 'it was at work in the folder',
  reflog: 'it was at work in the folder',
  content: 'it wrote of the commit before',
} as const;

/** The message without its first line. */
const bodyOf = ({ message }: CommitDetail): string[] => {
  const body = message.split('\n').slice(1);
  while (body[0] === '') body.shift();
  return body;
};

const mostOperations = 10;

function sessionLines(one: CommitSession, of: number, view: View): string[] {
  const { colour } = view;
  const more = one.operations.length - mostOperations;
  const operations = one.operations.slice(0, mostOperations).join(' ');
  return [
    ...wrap(`${of > 1 && one.primary ? '★ ' : ''}${one.id} ${one.title ?? ''}`, view.width).map((line, i) =>
      i === 0 ? colour.cyan(line) : line,
    ),
    ...factLines(
      [
        ['  agent', [one.agent, one.models.join(', ')].filter(Boolean).join(' · ')],
        ['  linked', evidence[one.by]],
        ['  lines', one.lines > 0 ? String(one.lines) : null],
        ['  cost', one.cost > 0 ? `${moneyText(one.cost)} since its commit before` : null],
        ['  operations', operations && `${operations}${more > 0 ? ` … ${more} more` : ''}`],
      ],
      view,
    ),
  ];
}
