// The doctor's report.
import type { Check, DoctorReport } from '../../index.ts';
import { section } from './facts.ts';
import { tilde } from './path.ts';
import { table } from './table.ts';
import { moment } from './time.ts';
import type { View } from './view.ts';
import { fitEnd, pad, wrap } from './width.ts';

const mostOddities = 20;

export function doctorLines(report: DoctorReport, view: View): string[] {
  const left = Math.max(...report.checks.map((check) => check.name.length)) + 2;
  return [
    ...report.checks.flatMap((check) => checkLines(check, left, view)),
    ...section('Hooks', hookLines(report, view), view),
    ...section('Not understood, but kept', oddityLines(report, view), view),
  ];
}

function checkLines({ name, ok, message, hint }: Check, left: number, view: View): string[] {
  const { colour } = view;
  const marks = { ok: colour.green('✓'), warn: colour.yellow('!'), fail: colour.red('✗') };
  const lines = [
    ...wrap(message, view.width - left - 2),
    ...(hint ? wrap(`→ ${hint}`, view.width - left - 2).map(colour.dim) : []),
  ];
  return lines.map((line, i) =>
    i === 0 ? `${marks[ok]} ${pad(name, left)}${line}` : ' '.repeat(left + 2) + line,
  );
}

function hookLines({ hooks }: DoctorReport, view: View): string[] {
  if (hooks.length === 0) return [];
  return table(
    hooks,
    [
      { head: 'agent', cell: (one) => one.agent },
      { head: 'version', cell: (one) => one.version ?? 'not found' },
      { head: 'installed', cell: (one) => (one.installed ? 'yes' : 'no') },
      { head: 'calls', cell: (one) => String(one.fired), align: 'right' },
      { head: 'last', cell: (one) => moment(one.lastAt, view.now) },
      { head: 'file', cell: (one) => tilde(one.file, view), min: 16, cut: fitEnd },
    ],
    view,
  );
}

function oddityLines({ oddities }: DoctorReport, view: View): string[] {
  if (oddities.length === 0) return [];
  const rows = table(
    oddities.slice(0, mostOddities),
    [
      { head: 'kind', cell: (one) => one.kind },
      { head: 'what', cell: (one) => one.what, min: 12 },
      { head: 'count', cell: (one) => String(one.count), align: 'right' },
      { head: 'first line', cell: (one) => String(one.line), align: 'right' },
      { head: 'source', cell: (one) => tilde(one.path, view), min: 16, cut: fitEnd },
    ],
    view,
  );
  const rest = oddities.length - mostOddities;
  return rest > 0 ? [...rows, view.colour.dim(`… ${rest} more in --json`)] : rows;
}
