// Issues as a table.
import type { IssueRow } from '../../index.ts';
import { totalTokens } from '../../model/index.ts';
import { costShort } from './money.ts';
import { short } from './numbers.ts';
import { table } from './table.ts';
import { moment } from './time.ts';
import type { View } from './view.ts';

export function issueTable(rows: readonly IssueRow[], view: View): string[] {
  const { colour } = view;
  return table(
    rows,
    [
      { head: 'id', cell: (row) => row.id, style: colour.yellow },
      { head: 'status', cell: (row) => row.status ?? '', style: statusColour(view) },
      { head: 'p', cell: (row) => (row.priority === null ? '' : String(row.priority)), spare: 3 },
      { head: 'type', cell: (row) => row.type ?? '', spare: 4 },
      {
        head: 'title',
        cell: ({ title, named }) => title ?? (named ? `${named.text} (${named.by})` : ''),
        style: (text, row) => (row.title === null ? colour.dim(text) : text),
        min: 30,
      },
      { head: 'assignee', cell: (row) => row.assignee ?? '', min: 8, spare: 5 },
      {
        head: 'gone',
        cell: (row) => (row.seenAt === null ? '' : moment(row.seenAt, view.now)),
        style: colour.dim,
        spare: 6,
      },
      { head: 'sessions', cell: (row) => String(row.use?.sessions ?? ''), align: 'right', spare: 2 },
      {
        head: 'tokens',
        cell: (row) => (row.use ? short(totalTokens(row.use.tokens)) : ''),
        align: 'right',
        spare: 1,
      },
      { head: 'cost', cell: (row) => (row.use ? costShort(row.use.cost) : ''), align: 'right' },
    ],
    view,
  );
}

export function statusColour({ colour }: View): (text: string, row: Pick<IssueRow, 'state'>) => string {
  return (text, { state }) => {
    if (state === 'in_progress') return colour.green(text);
    if (state === 'blocked') return colour.red(text);
    return state === 'open' ? text : colour.dim(text);
  };
}
