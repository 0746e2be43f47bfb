// Changed files, and the changes of one, as tables.
import type { FileSummary, FileTouch } from '../../index.ts';
import { shortIds } from './ids.ts';
import { lines } from './numbers.ts';
import { tilde } from './path.ts';
import { untitled } from './session-table.ts';
import { table } from './table.ts';
import { fullMoment, moment } from './time.ts';
import type { View } from './view.ts';
import { fitEnd } from './width.ts';

export const fileTable = (files: readonly FileSummary[], view: View): string[] =>
  table(
    files,
    [
      { head: 'last', cell: (file) => moment(file.lastAt, view.now) },
      { head: 'changes', cell: (file) => String(file.changes), align: 'right' },
      { head: 'sessions', cell: (file) => String(file.sessions), align: 'right', spare: 1 },
      { head: 'lines', cell: (file) => lines(file.added, file.removed), align: 'right' },
      { head: 'file', cell: (file) => tilde(file.path, view), min: 20, cut: fitEnd },
    ],
    view,
  );

export function touchTable(touches: readonly FileTouch[], view: View): string[] {
  const { colour } = view;
  const id = shortIds(touches.map((touch) => touch.session));
  const several = new Set(touches.map((touch) => touch.path)).size > 1;
  return table(
    touches,
    [
      { head: 'time', cell: (touch) => fullMoment(touch.at, view.now) },
      { head: 'session', cell: (touch) => id(touch.session), style: colour.yellow },
      { head: 'title', cell: (touch) => touch.title ?? untitled, min: 16 },
      { head: 'file', cell: (touch) => (several ? tilde(touch.path, view) : ''), min: 16, cut: fitEnd },
      { head: 'tool', cell: (touch) => touch.tool },
      { head: 'change', cell: (touch) => touch.kind, spare: 1 },
      { head: 'lines', cell: (touch) => lines(touch.added, touch.removed), align: 'right' },
      {
        head: 'status',
        cell: (touch) => (touch.status === 'success' ? '' : touch.status),
        style: colour.red,
      },
      { head: 'operation', cell: (touch) => touch.operation, spare: 2, style: colour.dim },
    ],
    view,
  );
}
