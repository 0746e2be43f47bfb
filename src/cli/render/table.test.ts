import pc from 'picocolors';
import { expect, test } from 'vitest';
import { table } from './table.ts';
import { fitEnd, widthOf } from './width.ts';
import type { View } from './view.ts';

const view = (width: number): View => ({ width, colour: pc.createColors(false), home: '/home/me', now: 0 });
const rows = [
  { id: '1', title: 'A short one', path: '/home/me/src/a.ts' },
  { id: '22', title: '漢字 and a longer title', path: '/home/me/src/deep/below/b.ts' },
];
const columns = [
  { head: 'id', cell: (row: (typeof rows)[number]) => row.id, align: 'right' as const },
  { head: 'title', cell: (row: (typeof rows)[number]) => row.title, min: 10 },
  { head: 'path', cell: (row: (typeof rows)[number]) => row.path, min: 8, cut: fitEnd, spare: 1 },
  { head: 'empty', cell: () => '' },
];

test('columns are as wide as their cells; one in which nothing stands is left out', () => {
  expect(table(rows, columns, view(80))).toEqual([
    'id  title                    path',
    ' 1  A short one              /home/me/src/a.ts',
    '22  漢字 and a longer title  /home/me/src/deep/below/b.ts',
  ]);
});

test('where there is too little room the widest are cut, each at its own end', () => {
  const lines = table(rows, columns, view(36));
  expect(lines[2]).toMatch(/^22  漢字 and a l\S*…  ….*\/b\.ts$/);
  for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(36);
});

test('what can be missed goes when cutting is not enough', () => {
  const [head, ...lines] = table(rows, columns, view(20));
  expect(head).toBe('id  title');
  for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(20);
});

test('a line break in a cell does not break the table', () => {
  expect(table([{ id: 'a\nb', title: 't', path: '' }], columns, view(80))).toEqual([' id  title', 'a b  t']);
});
