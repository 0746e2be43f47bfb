// Where the secrets of a chunk are: the scan for anchors, the rules at each, and no part of the text twice.
import { keepEscapesWhole } from './escapes.ts';
import { touchesPlaceholder } from './placeholder.ts';
import type { Match, Rule } from './rule.ts';
import { builtInRules } from './rules/index.ts';
import { createPlainScan, createScan, type Scan } from './scan.ts';

export interface Finding extends Match {
  readonly rule: string;
}

export interface Exceptions {
  readonly disabled?: ReadonlySet<string>;
  readonly allowed?: (secret: string) => boolean;
}

const rank = new Map(builtInRules.map((rule, i) => [rule.name, i]));
const anchors = builtInRules.flatMap((rule) =>
  rule.anchors.map((text) => ({ text, anyCase: rule.anyCase ?? false, value: rule })),
);
let fastScan: Scan<Rule> | undefined;
let plainScan: Scan<Rule> | undefined;

/** Up to this much altogether, the tables of the fast scan would take longer to make than the plain scan takes. */
const plainBytes = 64 << 10;
let scanned = 0;

function scanForRules(bytes: Buffer, hit: (at: number, rule: Rule) => void): void {
  scanned += bytes.length;
  if (!fastScan && scanned <= plainBytes) (plainScan ??= createPlainScan(anchors))(bytes, hit);
  else (fastScan ??= createScan(anchors))(bytes, hit);
}

/** All that the built-in rules find, overlaps and all, sorted by start; `text` is the same bytes as a string. */
export function findBuiltIn(bytes: Buffer, text: string, exceptions: Exceptions = {}): Finding[] {
  const found: Finding[] = [];
  scanForRules(bytes, (at, rule) => {
    if (exceptions.disabled?.has(rule.name)) return;
    const match = rule.at(text, at);
    const finding = match && settle(text, rule.name, match, exceptions);
    if (finding) found.push(finding);
  });
  return found.sort(inOrder);
}

/** By start; of those that start together the longest first, and then the most specific. */
export const inOrder = (a: Finding, b: Finding): number =>
  a.start - b.start || b.end - a.end || (rank.get(a.rule) ?? -1) - (rank.get(b.rule) ?? -1);

/** A match as it may be replaced, or nothing if it may not. */
export function settle(
  text: string,
  rule: string,
  match: Match,
  { allowed = () => false }: Exceptions,
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
