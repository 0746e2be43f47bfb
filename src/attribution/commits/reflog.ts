// What git noted of HEAD: each line of `logs/HEAD` is a move of it, with the time and what moved it. From this alone it can
// be told which commits were made here, and not fetched, and on which branch.

export interface Move {
  readonly before: string;
  readonly after: string;
  /** Milliseconds; git notes whole seconds. */
  readonly at: number;
  readonly told: string;
  /** The branch that HEAD was on, where it was on one. */
  readonly branch: string | null;
}

const line = /^([0-9a-f]{40,64}) ([0-9a-f]{40,64}) .*> (\d+) [-+]\d{4}\t?(.*)$/;

/** The moves in a piece of a reflog that ends with its end. `now`: the branch that HEAD is on. */
export function movesOf(text: string, now: string | null): Move[] {
  let branch = now;
  const moves: Move[] = [];
  for (const one of text.split('\n').toReversed()) {
    const [, before = '', after = '', seconds, told = ''] = line.exec(one) ?? [];
    if (seconds === undefined) continue;
    moves.push({ before, after, at: Number(seconds) * 1000, told, branch });
    const [, from] = /^checkout: moving from (\S+) to \S+$/.exec(told) ?? [];
    if (from !== undefined) branch = /^[0-9a-f]{40,64}$/.test(from) ? null : from;
  }
  return moves.toReversed();
}

const makes = [
  /^commit(?: \([a-z-]+\))?:/,
  /^(?:cherry-pick|revert|am):/,
  /^(?:rebase|pull)\b[^:]*\((?:pick|reword|squash|fixup|edit|continue|merge)\):/,
  // The other way of rebasing, by patches.
  /^(?:rebase|pull\b[^:]*): (?!checkout\b|aborting\b|fast-forward\b|Merge made by|Fast-forward$|returning to)/,
  /^(?:merge|pull)\b.*: Merge made by /,
];

/** Whether a move made a commit, going by git's words for it. */
export const isMadeHere = (told: string): boolean =>
  makes.some((one) => one.test(told)) && !/: fast-forward$/i.test(told);

/** Whether the commit that a move made took the place of the one before it. */
export const isInPlace = (told: string): boolean =>
  told.startsWith('commit (amend):') || /^rebase\b[^:]*\((?:fixup|squash|reword|edit)\):/.test(told);

/** Whether it put a further commit into the one before it. */
export const isSquash = (told: string): boolean => /^rebase\b[^:]*\((?:fixup|squash)\):/.test(told);

/** Whether a rebase began with it: it leads from what is rebased to what it is rebased on. */
export const isRebaseStart = (told: string): boolean => /^rebase\b[^:]*\(start\):/.test(told);

export const isRebase = (told: string): boolean =>
  /^(?:rebase\b|pull\b[^:]*\((?!start|finish)|am:)/.test(told);
