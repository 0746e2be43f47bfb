// A report of use and cost for people: the table, and what must be known to read it rightly.
import { moneyText } from '../../model/index.ts';
import type { UsageReport } from '../../index.ts';
import { differenceText } from '../render/money.ts';
import { many, short } from '../render/numbers.ts';
import { duration } from '../render/time.ts';
import type { View } from '../render/view.ts';
import { wrap } from '../render/width.ts';
import { usageTable } from './table.ts';

export function usageLines(report: UsageReport, view: View): string[] {
  const { colour } = view;
  const notes = [
    ...reportedNotes(report),
    ...(report.total.lowerBounds > 0
      ? [
          `≥ of ${many(report.total.lowerBounds, 'response')} only the output count of the stream's start is on record: the range ends at the counts that are likely at most, ${short(report.total.highestOutput)} tokens, ${moneyText(report.total.cost.highest)}`,
        ]
      : []),
    ...(report.unpriced.length > 0
      ? [
          `unpriced: ${report.unpriced.map(({ model, tokens }) => `${model} ${short(tokens)} tokens`).join(', ')}; \`clew prices\` says why`,
        ]
      : []),
    ...report.missing.map(({ agent, notes: told }) => `${agent}: ${told.join('; ')}`),
  ];
  return [
    colour.dim(`${periodText(report)}, days of ${report.timezone}`),
    '',
    ...usageTable(report, view),
    ...activeLines(report, view),
    ...(notes.length > 0 ? [''] : []),
    ...notes.flatMap((text) => wrap(text, view.width).map(colour.dim)),
  ];
}

const dayOf = (at: string): string => {
  const date = new Date(at);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};

function periodText({ from, until }: UsageReport): string {
  if (from === null && until === null) return 'All times';
  if (until === null) return `Since ${dayOf(from!)}`;
  const last = dayOf(new Date(Date.parse(until) - 1).toISOString());
  return from === null ? `Up to ${last}` : `${dayOf(from)} – ${last}`;
}

function reportedNotes({ total: { comparison } }: UsageReport): string[] {
  if (!comparison) return [];
  const { sessions, computed, reported, difference } = comparison;
  return [
    `reported by agents, of ${many(sessions, 'whole session')}: ${moneyText(reported)}; computed for the same: ${moneyText(computed)}; difference: ${differenceText(difference)}. --explain with a session says what can make it`,
  ];
}

function activeLines({ active, rows }: UsageReport, { colour }: View): string[] {
  const row = rows.find((one) => one.key === active?.key);
  if (!active || !row) return [];
  const { burn, limit } = active;
  return [
    '',
    [
      `${colour.green('Open')}: ${duration(active.remainingMinutes * 60_000)} left`,
      burn && `${short(burn.tokensPerMinute)} tokens/min, ${moneyText(burn.costPerHour)}/h`,
      burn && `comes to ${short(burn.projectedTokens)} tokens, ${moneyText(burn.projectedCost)}`,
      limit &&
        `${limit.used}% of ${short(limit.tokens)} tokens${limit.projected === null ? '' : `, ${limit.projected}% at the end`}`,
    ]
      .filter(Boolean)
      .join(' · '),
  ];
}
