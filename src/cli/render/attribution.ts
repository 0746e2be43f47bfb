// Lines with who wrote them, and sums of lines.
import type { AttributionReport, BlameLine } from '../../index.ts';
import { fit, pad } from './width.ts';
import { table } from './table.ts';
import type { View } from './view.ts';

const shortSession = 8;
const shortCommit = 8;

/** Who a line is by: `?` before what is not certain. */
export function whoWrote({ by, certain, authors, commit }: BlameLine): string {
  const [author] = authors;
  if (author?.by === 'agent' && (certain || by === 'agent'))
    return `${certain ? '' : '? '}${author.agent ?? 'agent'} ${(author.session ?? '').slice(0, shortSession)}`.trimEnd();
  if (by === 'human') return certain ? 'person' : '? person';
  if (authors.length > 0) return '? agent or person';
  return commit === null ? 'not known yet' : '–';
}

export function blameLines(rows: readonly BlameLine[], view: View): string[] {
  const { dim } = view.colour;
  const cells = rows.map((row) => ({
    row,
    who: whoWrote(row),
    commit: row.commit?.slice(0, shortCommit) ?? '·'.padEnd(shortCommit),
    model: row.certain && row.authors[0]?.by === 'agent' ? (row.authors[0].model ?? '') : '',
  }));
  const whoWidth = Math.max(0, ...cells.map((one) => one.who.length));
  const modelWidth = Math.max(0, ...cells.map((one) => one.model.length));
  const numberWidth = String(rows.at(-1)?.line ?? 0).length;
  const promptWidth = rows.some((row) => row.prompt !== null) ? 24 : 0;
  return cells.map(({ row, who, commit, model }) => {
    const told = [
      commit,
      pad(who, whoWidth),
      ...(modelWidth > 0 ? [pad(model, modelWidth)] : []),
      ...(promptWidth > 0 ? [pad(fit(row.prompt ?? '', promptWidth), promptWidth)] : []),
      `${row.reworded ? '*' : row.reformatted ? '~' : ' '}${String(row.line).padStart(numberWidth)}`,
    ];
    return `${dim(told.join('  '))}  ${row.text}`;
  });
}

const percent = (part: number, all: number): string =>
  all === 0 ? '–' : `${((part * 100) / all).toFixed(part === all || part === 0 ? 0 : 1)}%`;

export function attributionLines(report: AttributionReport, files: boolean, view: View): string[] {
  const { lines, retained } = report;
  const kinds = [
    ['agents', report.ai, 'ai'],
    ['people', report.human, 'human'],
    ['both', report.mixed, 'mixed'],
    ['not known', report.unknown, 'unknown'],
  ] as const;
  const number = (n: number): string => n.toLocaleString('en');
  const summary = table(
    kinds,
    [
      { head: 'written by', cell: ([name]) => name },
      { head: 'lines', cell: ([, n]) => number(n), align: 'right' },
      { head: 'share', cell: ([, n]) => percent(n, lines), align: 'right' },
      {
        head: retained ? `still there after ${retained.days} days` : '',
        cell: ([, , key]) => {
          const { added, kept } = retained?.[key] ?? { added: 0, kept: 0 };
          return added === 0 ? '' : `${number(kept)} of ${number(added)} (${percent(kept, added)})`;
        },
        align: 'right',
      },
    ],
    view,
  );
  const agents = table(
    report.agents,
    [
      { head: 'agent', cell: (one) => one.agent ?? '–' },
      { head: 'model', cell: (one) => one.model ?? '–', min: 10 },
      { head: 'lines', cell: (one) => number(one.lines), align: 'right' },
      { head: 'share', cell: (one) => percent(one.lines, lines), align: 'right' },
    ],
    view,
  );
  const perFile = table(
    files ? report.files : [],
    [
      { head: 'file', cell: (one) => one.path, min: 16 },
      { head: 'lines', cell: (one) => number(one.lines), align: 'right' },
      { head: 'agents', cell: (one) => number(one.ai), align: 'right' },
      { head: 'people', cell: (one) => number(one.human), align: 'right' },
      { head: 'both', cell: (one) => number(one.mixed), align: 'right' },
      { head: 'not known', cell: (one) => number(one.unknown), align: 'right' },
    ],
    view,
  );
  const head = `${number(lines)} lines in ${number(report.commits)} commits of ${report.range}`;
  return [head, '', ...summary, ...gap(agents), ...gap(perFile)];
}

const gap = (lines: readonly string[]): readonly string[] => (lines.length > 0 ? ['', ...lines] : []);
