// A report of use and cost as a table: its rows with bars, what the limit left out, and the total.
import type { UsageFigures, UsageGroup, UsageReport, UsageRow } from '../../index.ts';
import { bar } from '../render/bar.ts';
import { shortIds } from '../render/ids.ts';
import { costRange, differenceText } from '../render/money.ts';
import { many, outputTokens, promptTokens, short } from '../render/numbers.ts';
import { tilde } from '../render/path.ts';
import { table } from '../render/table.ts';
import type { Column } from '../render/table.ts';
import { duration } from '../render/time.ts';
import type { View } from '../render/view.ts';
import { fitEnd } from '../render/width.ts';
import { moneyText } from '../../model/index.ts';

interface Line {
  readonly name: string;
  readonly by: string;
  readonly title?: string | null;
  readonly models?: readonly string[];
  readonly figures?: UsageFigures;
  readonly style?: (text: string) => string;
  /** Has a bar. */
  readonly isRow?: boolean;
}

const barWidth = 16;

export function usageTable(report: UsageReport, view: View): string[] {
  const { colour } = view;
  const name = namer(report, view);
  const rows = report.rows.flatMap((row, i): Line[] => {
    const before = report.rows[i - 1];
    const [group, by] = [
      name(report.group, row.group),
      row.by === null || !report.by ? '' : name(report.by, row.by),
    ];
    return [
      ...gapBetween(report, before, row).map((text): Line => ({ name: text, by: '', style: colour.dim })),
      {
        name: before?.group === row.group && row.by !== null ? '' : group,
        by,
        title: row.title,
        models: row.models,
        figures: row,
        isRow: true,
        ...(report.active?.key === row.key && { style: colour.green }),
      },
      ...(row.breakdown ?? []).map((one): Line => ({
        name: `└ ${one.model}`,
        by: '',
        figures: one,
        style: colour.dim,
      })),
    ];
  });
  const { others, total } = report;
  const all: Line[] = [
    ...rows,
    ...(others ? [{ name: many(others.rows, 'more row'), by: '', figures: others, style: colour.dim }] : []),
    { name: 'total', by: '', figures: total, style: colour.bold },
  ];
  return table(all, columnsOf(report, view), view);
}

function columnsOf(report: UsageReport, view: View): Column<Line>[] {
  const { colour } = view;
  const hasModels = ![report.group, report.by].includes('model');
  const size = ({ cost, tokens }: UsageFigures): number =>
    report.total.cost.highest > 0 ? cost.computed : tokens.output + promptTokens(tokens);
  const cached = report.total.tokens.cacheRead;
  const written = writtenOf(report.total);
  const longest = Math.max(0, ...report.rows.map(size));
  const number = (head: string, value: (figures: UsageFigures) => string, spare?: number): Column<Line> => ({
    head,
    cell: ({ figures }) => (figures ? value(figures) : ''),
    style: (text, { style }) => (style && style !== colour.green ? style(text) : text),
    align: 'right',
    ...(spare !== undefined && { spare }),
  });
  return [
    {
      head: report.group,
      cell: (line) => line.name,
      min: 10,
      cut: report.group === 'project' ? fitEnd : undefined,
      style: (text, { style }) => (style ?? colour.yellow)(text),
    },
    { head: report.by ?? '', cell: (line) => line.by, min: 10, style: colour.yellow },
    { head: 'title', cell: ({ title }) => title ?? '', min: 16, spare: 3 },
    ...(hasModels
      ? [
          {
            head: 'models',
            cell: ({ models }: Line) => models?.join(', ') ?? '',
            min: 16,
            spare: 4,
            style: colour.dim,
          },
        ]
      : []),
    number('messages', (one) => String(one.messages), 6),
    number('input', (one) => short(one.tokens.input), 5),
    number('cache read', (one) => (cached > 0 ? short(one.tokens.cacheRead) : ''), 7),
    number('cache write', (one) => (written > 0 ? short(writtenOf(one)) : ''), 8),
    number('output', (one) => outputTokens(one.tokens, one.lowerBounds > 0), 2),
    number('unpriced', (one) => (one.cost.unpricedTokens > 0 ? short(one.cost.unpricedTokens) : '')),
    number('cost', (one) => costRange(one.cost)),
    number('reported', ({ comparison }) => (comparison ? moneyText(comparison.reported) : '')),
    number('difference', ({ comparison }) => (comparison ? differenceText(comparison.difference) : ''), 1),
    {
      head: '',
      cell: ({ figures, isRow }) => (figures && isRow ? bar(size(figures), longest, barWidth) : ''),
      style: colour.cyan,
      spare: 9,
    },
  ];
}

const writtenOf = ({ tokens }: UsageFigures): number => tokens.cacheWrite5m + tokens.cacheWrite1h;

/** How the value of a group is shown. */
function namer(report: UsageReport, view: View): (group: UsageGroup, value: string) => string {
  const sessions = report.rows.map((row) => (report.group === 'session' ? row.group : (row.by ?? '')));
  const id = shortIds([...new Set(sessions)]);
  return (group, value) => {
    if (group === 'session') return id(value);
    return group === 'project' ? tilde(value, view) : value;
  };
}

/** Between blocks. */
function gapBetween({ group }: UsageReport, before: UsageRow | undefined, row: UsageRow): string[] {
  if (group !== '5h' || !before?.until || !row.from) return [];
  const ms = Date.parse(row.from) - Date.parse(before.until);
  return ms > 0 ? [`${duration(ms)} of nothing`] : [];
}
