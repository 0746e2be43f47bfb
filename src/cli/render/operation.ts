// One operation, with all that is known of it.
import type { OperationDetail } from '../../index.ts';
import { totalTokens } from '../../model/index.ts';
import { diffLines } from './diff.ts';
import { factLines, section } from './facts.ts';
import { costRange } from './money.ts';
import { grouped, lines } from './numbers.ts';
import { tilde } from './path.ts';
import { duration, fullMoment } from './time.ts';
import type { View } from './view.ts';
import { wrap } from './width.ts';

/** Whether it can be taken back, or has been. */
function undoOf({ canUndo, changes, id }: OperationDetail): string | null {
  const action = changes.find((change) => change.undoOperationId !== null)?.undoOperationId;
  if (action) return `undone; \`clew undo ${action.slice(0, 8)}\` brings it back`;
  return canUndo ? `\`clew undo ${id}\` takes it back` : null;
}

export function operationLines(operation: OperationDetail, view: View): string[] {
  const { colour } = view;
  const { approval, approvedBy, record } = operation;
  return [
    colour.bold(operation.name),
    '',
    ...factLines(
      [
        ['operation', operation.id],
        ['type', operation.type],
        ['status', operation.status],
        ['time', fullMoment(operation.startedAt, view.now)],
        ['took', took(operation)],
        ['result', operation.result],
        ['used', used(operation)],
        ['approval', approval && approval + (approvedBy ? ` by ${approvedBy}` : '')],
        ['why', operation.description],
        ['session', operation.session],
        ['agent run', operation.run === operation.session ? null : operation.run],
        ['turn', operation.turn],
        ['message', operation.message],
        ['started', operation.spawned],
        ['batch', operation.batch],
        ['undo', undoOf(operation)],
        [
          'record',
          record.path === '' ? null : `${tilde(record.path, view)}, byte ${record.pos} of the stream`,
        ],
      ],
      view,
    ),
    ...section('Target', operation.target === '' ? [] : wrap(operation.target, view.width), view),
    ...section('Detail', detailLines(operation.detail, view), view),
    ...section(
      'Error',
      operation.error === null ? [] : wrap(operation.error, view.width).map((line) => colour.red(line)),
      view,
    ),
    ...operation.changes.flatMap((change) =>
      section(
        `${change.kind} ${tilde(change.path, view)}  ${lines(change.added, change.removed)}`,
        [
          ...diffLines(change.diff, 'cut', view),
          ...(change.partial ? [colour.dim('The record does not hold the whole change.')] : []),
        ],
        view,
      ),
    ),
  ];
}

function took({ durationMs, durationFrom }: OperationDetail): string | null {
  if (durationMs === null) return null;
  return (
    duration(durationMs) +
    (durationFrom === 'times' ? ' from call to result, waiting for the user included' : '')
  );
}

/** Its part of the response, as the responses of several calls are shared. */
function used({ use }: OperationDetail): string | null {
  if (use === null) return null;
  const shared = use.sharedAmong > 1 ? `, a response's share: it asked for ${use.sharedAmong} calls` : '';
  return `${grouped(totalTokens(use.tokens))} tokens, ${costRange(use.cost)}${shared}`;
}

function detailLines(detail: OperationDetail['detail'], view: View): string[] {
  const facts = Object.entries(detail ?? {}).map(
    ([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as const,
  );
  return factLines(facts, view);
}
