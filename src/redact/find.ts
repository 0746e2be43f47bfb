// Where the secrets of a chunk are: the scan for anchors, the rules at each, and no part of the text twice.
import { keepEscapesWhole } from './escapes.ts';
import { touchesPlaceholder } from './placeholder.ts';
import type { Match, Rule } from './rule.ts';
import { createScan } from './scan.ts';

export interface Finding extends Match {
  readonly rule: string;
}

export type Find = (bytes: Buffer, text: string) => Finding[];

/** All that the rules find, overlaps and all, in the order of the rules' anchors. */
export function createFind(rules: readonly Rule[], allowed: (secret: string) => boolean = () => false): Find {
  const scan = createScan(
    rules.flatMap((rule, rank) =>
      rule.anchors.map((text) => ({ text, anyCase: rule.anyCase ?? false, value: { rule, rank } })),
    ),
  );
  return (bytes, text) => {
    const found: (Finding & { rank: number })[] = [];
    scan(bytes, (at, { rule, rank }) => {
      const match = rule.at(text, at);
      if (!match) return;
      const finding = settle(text, rule.name, match, allowed);
      if (finding) found.push({ ...finding, rank });
    });
    return found.sort((a, b) => a.start - b.start || b.end - a.end || a.rank - b.rank);
  };
}

/** A match as it may be replaced, or nothing if it may not. */
export function settle(
  text: string,
  rule: string,
  match: Match,
  allowed: (secret: string) => boolean,
): Finding | undefined {
  const [start, end] = keepEscapesWhole(text, match.start, match.end);
  if (start >= end || touchesPlaceholder(text, start, end) || allowed(text.slice(start, end)))
    return undefined;
  return { rule, start, end, from: Math.min(start, match.from), to: match.to };
}

/** Overlapping findings become one, under the name of the first. Takes them sorted by start. */
export function mergeOverlaps(findings: readonly Finding[]): Finding[] {
  const merged: Finding[] = [];
  for (const finding of findings) {
    const last = merged.at(-1);
    if (last && finding.start < last.end) {
      merged[merged.length - 1] = { ...last, end: Math.max(last.end, finding.end) };
    } else merged.push(finding);
  }
  return merged;
}
