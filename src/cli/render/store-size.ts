// What takes the room in the store of checkpoints.
import type { StoreSize } from '../../index.ts';
import { section } from './facts.ts';
import { bytes, many } from './numbers.ts';
import { tilde } from './path.ts';
import { table } from './table.ts';
import type { View } from './view.ts';
import { fitEnd } from './width.ts';

const mostLeftOut = 20;

export function storeSizeLines(size: StoreSize, view: View): string[] {
  const { loose, packed, projects } = size;
  const files = projects.flatMap(({ root, largest }) => largest.map((file) => ({ ...file, root })));
  const left = projects.flatMap(({ root, leftOut }) => leftOut.map((file) => ({ ...file, root })));
  const project = {
    head: 'project',
    cell: (one: { root: string }) => tilde(one.root, view),
    min: 12,
    cut: fitEnd,
  };
  return [
    `${bytes(size.bytes)} in all: ${bytes(packed.bytes)} in ${many(packed.packs, 'pack')}, ${bytes(loose.bytes)} in ${many(loose.objects, 'loose object')}`,
    '',
    ...table(
      projects,
      [
        project,
        { head: 'checkpoints', cell: (one) => String(one.checkpoints), align: 'right' },
        {
          head: 'thinned',
          cell: (one) => (one.thinned > 0 ? String(one.thinned) : ''),
          align: 'right',
          spare: 1,
        },
        { head: 'states', cell: (one) => String(one.trees), align: 'right', spare: 2 },
        { head: 'size', cell: (one) => bytes(one.bytes), align: 'right' },
        { head: 'its own', cell: (one) => bytes(one.ownBytes), align: 'right' },
      ],
      view,
    ),
    ...section(
      'Largest files',
      files.length === 0
        ? []
        : table(
            files.toSorted((a, b) => b.bytes - a.bytes).slice(0, 10),
            [
              { head: 'size', cell: (one) => bytes(one.bytes), align: 'right' },
              { head: 'file', cell: (one) => one.path, min: 12, cut: fitEnd },
              project,
            ],
            view,
          ),
      view,
    ),
    ...section(
      'Left out',
      left.length === 0
        ? []
        : table(
            left.slice(0, mostLeftOut),
            [
              { head: 'why', cell: (one) => one.why },
              { head: 'size', cell: (one) => (one.bytes === null ? '' : bytes(one.bytes)), align: 'right' },
              { head: 'file', cell: (one) => one.path, min: 12, cut: fitEnd },
              project,
            ],
            view,
          ),
      view,
    ),
    ...(left.length > mostLeftOut ? [view.colour.dim(`… ${left.length - mostLeftOut} more in --json`)] : []),
  ];
}
