// Sessions as a table.
import type { SessionRow, SessionStatus } from '../../index.ts';
import { shortIds } from './ids.ts';
import { costShort } from './money.ts';
import { outputTokens } from './numbers.ts';
import { tilde } from './path.ts';
import { table } from './table.ts';
import { moment } from './time.ts';
import type { View } from './view.ts';
import { fitEnd } from './width.ts';

export const untitled = '(untitled)';

export function sessionTable(rows: readonly SessionRow[], view: View): string[] {
  if (rows.length === 0) return [];
  const { colour } = view;
  const id = shortIds(rows.map((row) => row.id));
  return table(
    rows,
    [
      { head: 'id', cell: (row) => id(row.id), style: colour.yellow },
      {
        head: '',
        cell: (row) => statusMark[row.status],
        style: (text, row) => (row.status === 'active' ? colour.green(text) : colour.red(text)),
      },
      { head: 'last', cell: (row) => moment(row.endedAt, view.now) },
      {
        head: 'title',
        cell: (row) => row.title ?? untitled,
        min: 36,
        style: (text, row) => (row.title === null ? colour.dim(text) : text),
      },
      {
        head: 'project',
        cell: (row) => tilde(row.project ?? row.workspace ?? '', view),
        min: 12,
        cut: fitEnd,
        spare: 1,
        style: colour.cyan,
      },
      { head: 'branch', cell: (row) => row.branch ?? '', min: 8, spare: 5 },
      { head: 'agent', cell: (row) => row.agent, spare: 6 },
      { head: 'turns', cell: (row) => String(row.turns), align: 'right', spare: 3 },
      { head: 'ops', cell: (row) => String(row.operations), align: 'right', spare: 2 },
      {
        head: 'errors',
        cell: (row) => (row.errors === 0 ? '' : String(row.errors)),
        align: 'right',
        spare: 2,
        style: colour.red,
      },
      {
        head: 'output',
        cell: (row) => (row.tokens.output === 0 ? '' : outputTokens(row.tokens, row.outputIsLowerBound)),
        align: 'right',
        spare: 4,
      },
      { head: 'cost', cell: (row) => costShort(row.cost), align: 'right', spare: 3 },
    ],
    view,
  );
}

const statusMark: Readonly<Record<SessionStatus, string>> = {
  active: '●',
  paused: '‖',
  completed: '',
  interrupted: '◌',
  aborted: '◌',
  cancelled: '◌',
  error: '✗',
  failed: '✗',
};
