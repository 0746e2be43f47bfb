// An operation on one line: what was done, to what, how it ended, how long it took.
import type { OperationRow, OperationStatus } from '../../index.ts';
import { lines } from './numbers.ts';
import { shortenPaths } from './path.ts';
import { duration } from './time.ts';
import type { View } from './view.ts';
import { fit, oneLine, widthOf } from './width.ts';

type Mark = readonly [mark: string, colour: 'green' | 'red' | 'yellow' | 'dim'];

const marks: Readonly<Record<OperationStatus, Mark>> = {
  success: ['▸', 'green'],
  pending: ['…', 'yellow'],
  failed: ['✗', 'red'],
  blocked: ['⊘', 'yellow'],
  interrupted: ['■', 'yellow'],
};

/** Below this, how long it took tells nothing. */
const worthTelling = 1000;

export const operationMark = ({ status }: OperationRow, view: View): string => {
  const [mark, colour] = marks[status];
  return view.colour[colour](mark);
};

export function operationLine(
  operation: OperationRow,
  workspace: string | null,
  width: number,
  view: View,
): string {
  const { colour } = view;
  const tail = facts(operation);
  const target = shortenPaths(oneLine(operation.target), workspace, view);
  const room = width - widthOf(operation.name) - 1 - (tail === '' ? 0 : widthOf(tail) + 2);
  const shown = fit(target, Math.max(8, room));
  return [
    colour.bold(operation.name),
    shown === '' ? '' : ` ${shown}`,
    tail === '' ? '' : `  ${colour.dim(tail)}`,
  ].join('');
}

function facts({ changes, status, durationMs, detail }: OperationRow): string {
  const added = changes.reduce((n, change) => n + change.added, 0);
  const removed = changes.reduce((n, change) => n + change.removed, 0);
  const exitCode = detail?.['exitCode'];
  return [
    changes.length > 0 ? lines(added, removed) : '',
    status === 'success' || status === 'pending' ? '' : status,
    typeof exitCode === 'number' && exitCode !== 0 ? `exit ${exitCode}` : '',
    durationMs !== null && durationMs >= worthTelling ? duration(durationMs) : '',
  ]
    .filter(Boolean)
    .join('  ');
}
