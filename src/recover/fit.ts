// Fits sections into the budget. Each line has a rank, and lines are taken by rank while there is room; what is left out
// is counted. Those below 0 are to be there at any rate: their sections write them so short that they fit.
import type { HandoffSection } from './types.ts';

export interface Draft {
  readonly title: string;
  readonly lines: readonly DraftLine[];
  /** The command that shows what is left out. */
  readonly more: string;
}

export interface DraftLine {
  readonly text: string;
  readonly id: string | null;
  readonly rank: number;
}

/** The ranks of what is to be there at any rate, the most wanted first. */
export const must = { instruction: -6, state: -5, error: -4, todo: -3, file: -2, goal: -1 } as const;

/** A section as it will be written. */
export interface Fitted extends HandoffSection {
  readonly more: string;
}

/** What the note on left-out lines may take. */
const noteLength = 80;

/** `chars`: what all sections together may take. */
export function fit(drafts: readonly Draft[], chars: number): Fitted[] {
  const kept = new Set<DraftLine>();
  const opened = new Set<Draft>();
  let left = chars;
  const cost = (draft: Draft, line: DraftLine): number =>
    line.text.length + 1 + (opened.has(draft) ? 0 : draft.title.length + 6 + noteLength);
  const keep = (draft: Draft, line: DraftLine): void => {
    left -= cost(draft, line);
    opened.add(draft);
    kept.add(line);
  };
  const all = drafts.flatMap((draft) => draft.lines.map((line) => ({ draft, line })));
  for (const { draft, line } of all.toSorted(byRank)) if (cost(draft, line) <= left) keep(draft, line);
  return drafts
    .map(({ title, lines, more }) => {
      const stay = lines.filter((line) => kept.has(line));
      return {
        title,
        more,
        lines: stay.map(({ text, id }) => ({ text, id })),
        leftOut: lines.length - stay.length,
      };
    })
    .filter((section) => section.lines.length + section.leftOut > 0);
}

const byRank = (a: { line: DraftLine }, b: { line: DraftLine }): number => a.line.rank - b.line.rank;
