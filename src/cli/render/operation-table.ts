// A list of operations.
import { totalTokens } from '../../model/index.ts';
import type { ListedOperation } from '../../index.ts';
import { shortIds } from './ids.ts';
import { costShort } from './money.ts';
import { short } from './numbers.ts';
import { shortenPaths } from './path.ts';
import { table } from './table.ts';
import { fullMoment } from './time.ts';
import type { View } from './view.ts';

export function operationTable(operations: readonly ListedOperation[], view: View): string[] {
  const { colour } = view;
  const id = shortIds(operations.map((one) => one.id));
  const styles = { failed: colour.red, blocked: colour.yellow, interrupted: colour.yellow } as const;
  return table(
    operations,
    [
      { head: 'id', cell: (one) => id(one.id), style: colour.dim },
      { head: 'when', cell: (one) => fullMoment(one.startedAt, view.now) },
      { head: 'tool', cell: (one) => one.name, min: 6 },
      { head: 'target', cell: (one) => shortenPaths(one.target, null, view), min: 12 },
      {
        head: 'status',
        cell: (one) => one.status,
        style: (text, one) => (one.status in styles ? styles[one.status as 'failed'](text) : text),
      },
      { head: 'allowed', cell: allowed, spare: 3 },
      {
        head: 'tokens',
        cell: (one) => (one.use === null ? '' : short(totalTokens(one.use.tokens))),
        align: 'right',
        spare: 2,
      },
      {
        head: 'cost',
        cell: (one) => (one.use === null ? '' : costShort(one.use.cost)),
        align: 'right',
        spare: 1,
      },
    ],
    view,
  );
}

function allowed({ approved, approvedBy }: ListedOperation): string {
  if (approved === null) return '';
  return `${approved ? 'yes' : 'no'}${approvedBy === null ? '' : `, ${approvedBy}`}`;
}
