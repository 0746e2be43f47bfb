// A report as CSV (RFC 4180): a line for each row, or for each model of a row. Costs in USD, to the micro-dollar.
import type { UsageFigures, UsageReport } from '../../index.ts';
import { harmlessText } from '../render/harmless.ts';

const head = [
  'messages',
  'sessions',
  'input',
  'output',
  'output_highest',
  'cache_read',
  'cache_write_5m',
  'cache_write_1h',
  'cost_usd',
  'cost_highest_usd',
  'unpriced_tokens',
  'compared_usd',
  'reported_usd',
  'difference_usd',
] as const;

export function csvLines(report: UsageReport): string[] {
  const { group, by, rows } = report;
  const isBrokenDown = rows.some((row) => row.breakdown);
  const names = [group, ...(by ? [by] : []), ...(isBrokenDown ? ['model'] : [])];
  return [
    [...names, ...head, ...(isBrokenDown ? [] : ['models'])],
    ...rows.flatMap((row) => {
      const keys = [row.group, ...(by ? [row.by ?? ''] : [])];
      return row.breakdown
        ? row.breakdown.map((one) => [...keys, one.model, ...figures(one)])
        : [[...keys, ...figures(row), row.models.join(' ')]];
    }),
  ].map((cells) => cells.map(csvCell).join(','));
}

function figures({ messages, sessions, tokens, highestOutput, cost, comparison }: UsageFigures): string[] {
  const { input, output, cacheRead, cacheWrite5m, cacheWrite1h } = tokens;
  return [
    ...[messages, sessions, input, output, highestOutput, cacheRead, cacheWrite5m, cacheWrite1h].map(String),
    dollars(cost.computed),
    dollars(cost.highest),
    String(cost.unpricedTokens),
    ...(comparison
      ? [comparison.computed, comparison.reported, comparison.difference].map(dollars)
      : ['', '', '']),
  ];
}

/** `1.234567` */
export function dollars(micros: number): string {
  const digits = String(Math.abs(micros)).padStart(7, '0');
  return `${micros < 0 ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

export const csvCell = (text: string): string => {
  const plain = harmlessText(text);
  return /[",\r\n]|^\s|\s$/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
};
