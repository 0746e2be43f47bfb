// What cells add up to: in all, by session and by model. And beside it what agents reported, which is often known of a
// whole session only: such a figure is told where the whole of the session is, and nowhere else.
import { toMicros } from '../../model/index.ts';
import { add, allTokens, computedOf, figuresOf, noSums } from './figures.ts';
import type { Sums } from './figures.ts';
import type { Sessions } from './sessions.ts';
import type { CostComparison, ModelFigures, UsageFigures } from './types.ts';

interface Share {
  readonly sums: Sums;
  readonly sessions: Map<string, Sums>;
}

export interface Tally extends Share {
  readonly models: Map<string, Share>;
}

const newShare = (): Share => ({ sums: noSums(), sessions: new Map() });
export const newTally = (): Tally => ({ ...newShare(), models: new Map() });

export function count(tally: Tally, session: string, model: string, sums: Sums): void {
  const share = tally.models.get(model) ?? newShare();
  tally.models.set(model, share);
  for (const one of [tally, share]) {
    add(one.sums, sums);
    const part = one.sessions.get(session) ?? noSums();
    one.sessions.set(session, part);
    add(part, sums);
  }
}

export function sumOf(tallies: readonly Tally[]): Tally {
  const [only] = tallies;
  if (only && tallies.length === 1) return only;
  const all = newTally();
  for (const { models } of tallies)
    for (const [model, share] of models)
      for (const [session, sums] of share.sessions) count(all, session, model, sums);
  return all;
}

/** What the agent reported for this part of a session, micro-dollars; undefined where it did not. */
export function reportedFor(sessions: Sessions, session: string, part: Sums): number | undefined {
  const facts = sessions.of(session);
  if (facts.reported === null) return undefined;
  const isWhole = allTokens(part) === facts.tokens;
  return isWhole ? facts.reported : part.reported || undefined;
}

function comparisonOf({ sessions: parts }: Share, sessions: Sessions): CostComparison | null {
  let [n, reported] = [0, 0];
  const sums = noSums();
  for (const [session, part] of parts) {
    const told = reportedFor(sessions, session, part);
    if (told === undefined) continue;
    n++;
    reported += told;
    add(sums, part);
  }
  const computed = toMicros(sums.cost, sums.cost_rest);
  return n === 0 ? null : { sessions: n, computed, reported, difference: reported - computed };
}

export const figuresOfShare = (share: Share, sessions: Sessions): UsageFigures =>
  figuresOf(share.sums, share.sessions.size, comparisonOf(share, sessions));

/** The models with most tokens first. */
export const modelsOf = (tally: Tally): [string, Share][] =>
  [...tally.models].sort(([a, x], [b, y]) => allTokens(y.sums) - allTokens(x.sums) || (a < b ? -1 : 1));

export const breakdownOf = (tally: Tally, sessions: Sessions): ModelFigures[] =>
  modelsOf(tally)
    .map(([model, share]) => ({ model: modelName(model), ...figuresOfShare(share, sessions) }))
    .sort((a, b) => b.cost.computed - a.cost.computed);

export const modelName = (model: string): string => model || 'unknown model';

export const unpricedOf = (tally: Tally): { model: string; tokens: number }[] =>
  modelsOf(tally)
    .map(([model, { sums }]) => ({ model: modelName(model), tokens: sums.unpriced }))
    .filter(({ tokens }) => tokens !== 0);

/** Which row comes first: the one that cost most. */
export const byCost = (a: Tally, b: Tally): number =>
  computedOf(b.sums) - computedOf(a.sums) || allTokens(b.sums) - allTokens(a.sums);
