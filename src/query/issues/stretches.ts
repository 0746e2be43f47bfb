// Which issue a session was about, at which time. In this order: the work that was open, the issue that the prompt of the turn
// names, the branch; and where a session has only one issue, all of it belongs to that. Otherwise nothing is guessed.
import { issueOfBranch } from './evidence.ts';
import type { Trail } from './evidence.ts';
import type { KnownIssues } from './known.ts';

/** From a moment on, until the next stretch. */
export interface Stretch {
  readonly from: number;
  readonly issue: string | null;
}

/** `branchAt`: the branch at a moment, null where it is not known. The first stretch begins before everything. */
export function stretchesOf(
  trail: Trail,
  known: KnownIssues,
  branchAt: (at: number) => string | null,
): Stretch[] {
  const only = onlyIssue(trail);
  if (only !== undefined) return [{ from: -Infinity, issue: only }];
  const work = trail.evidence.filter((one) => one.kind === 'work').toSorted((a, b) => a.at - b.at);
  const { turns, stays } = trail;
  const changes = [
    ...work.flatMap(({ at, until }) => [at, until ?? at]),
    ...turns.map(({ at }) => at),
    ...stays.flatMap(({ first_at, last_at }) => [first_at, last_at + 1]),
  ];
  const stretches: Stretch[] = [];
  let turn = -1;
  for (const from of [-Infinity, ...[...new Set(changes)].sort((a, b) => a - b)]) {
    while ((turns[turn + 1]?.at ?? Infinity) <= from) turn++;
    const open = work.findLast(({ at, until }) => at <= from && (until === null || from < until));
    const named = turns[turn]?.issues ?? [];
    const branch = branchAt(from);
    const issue =
      open?.issue ??
      (named.length === 1 ? named[0] : undefined) ??
      (branch === null ? undefined : issueOfBranch(branch, known)) ??
      null;
    if (stretches.length === 0 || stretches.at(-1)?.issue !== issue) stretches.push({ from, issue });
  }
  return stretches;
}

/** Branches alone tell the time by themselves. */
function onlyIssue({ evidence }: Trail): string | undefined {
  const [only, ...others] = new Set(evidence.map((one) => one.issue));
  return others.length === 0 && evidence.some((one) => one.kind !== 'branch') ? only : undefined;
}

export const issueIn = (stretches: readonly Stretch[], at: number): string | null =>
  stretches.findLast(({ from }) => from <= at)?.issue ?? null;
