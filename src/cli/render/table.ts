// Tables that fit the terminal: columns as wide as their cells; where that is too much, columns that can be cut are cut
// (the widest first), and then columns that can be missed go.
import { fit, oneLine, pad, widthOf } from './width.ts';
import type { View } from './view.ts';

export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => string;
  /** Colours the cell once it has its width. */
  readonly style?: (text: string, row: Row) => string;
  readonly align?: 'right';
  /** Can be cut down to so many columns. */
  readonly min?: number;
  /** How to cut it, if not at its end. */
  readonly cut?: (text: string, width: number) => string;
  /** Can be missed; those with the greatest number go first. */
  readonly spare?: number;
}

const gap = 2;

/** Without rows, no lines. */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], view: View): string[] {
  if (rows.length === 0) return [];
  const all = columns.map((column) => {
    const cells = rows.map((row) => oneLine(column.cell(row)));
    return { ...column, cells, width: Math.max(widthOf(column.head), ...cells.map(widthOf)) };
  });
  // A column in which nothing stands tells nothing.
  let shown = all.filter((column) => column.cells.some((cell) => cell !== ''));
  const excess = (): number =>
    shown.reduce((n, column) => n + column.width, gap * Math.max(0, shown.length - 1)) - view.width;
  const slack = (): number =>
    shown.reduce((n, column) => n + Math.max(0, column.width - (column.min ?? column.width)), 0);
  while (excess() > slack()) {
    const [spare] = shown.filter((column) => column.spare !== undefined).sort((a, b) => b.spare! - a.spare!);
    if (!spare) break;
    shown = shown.filter((column) => column !== spare);
  }
  for (let over = Math.min(excess(), slack()); over > 0; over--) {
    const able = shown.filter((column) => column.min !== undefined && column.width > column.min);
    const widest = able.reduce((a, b) => (b.width > a.width ? b : a));
    widest.width--;
  }

  const line = (texts: readonly string[]): string => texts.join(' '.repeat(gap)).trimEnd();
  const header = shown.map((column) =>
    view.colour.dim(pad(fit(column.head, column.width), column.width, column.align)),
  );
  const body = rows.map((row, i) =>
    line(
      shown.map((column, c) => {
        const cell = (column.cut ?? fit)(column.cells[i]!, column.width);
        const last = c === shown.length - 1 && column.align === undefined;
        const text = last ? cell : pad(cell, column.width, column.align);
        return column.style ? column.style(text, row) : text;
      }),
    ),
  );
  return [line(header), ...body];
}
