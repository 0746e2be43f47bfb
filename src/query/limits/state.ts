// How much of each limit is used, and which of its bounds that reaches.
import { moneyText } from '../../model/index.ts';
import { amounts } from './scopes.ts';
import type { Scope } from './scopes.ts';
import type { LimitLevel, LimitMeasure, LimitState } from './types.ts';

/** A bound of a limit, and how far it is used. */
export interface Bound {
  readonly name: 'soft' | 'hard';
  /** In tokens or picodollars, as what is used. */
  readonly at: number;
  readonly isReached: boolean;
  readonly isNear: boolean;
}

/** A limit of a scope: what `measure` says is used, and its bounds. */
export interface Measured {
  readonly scope: Scope;
  readonly measure: LimitMeasure;
  /** Tokens or picodollars. */
  readonly used: number;
  readonly bounds: readonly Bound[];
}

const picoPerMicro = 1e6;

/** Tokens, and whole micro-dollars. */
export const tellable = (measure: LimitMeasure, amount: number): number =>
  measure === 'tokens' ? amount : Math.round(amount / picoPerMicro);

const isNear = (used: number, bound: number): boolean => 5 * used >= 4 * bound;

export function measured(scope: Scope): Measured[] {
  return (Object.keys(amounts) as LimitMeasure[]).flatMap((measure) => {
    const set = scope.limit[measure];
    if (!set) return [];
    const used = scope.used[measure];
    const bounds = (['soft', 'hard'] as const).flatMap((name): Bound[] => {
      if (set[name] === undefined) return [];
      const at = measure === 'tokens' ? set[name] : Math.round(set[name] * 1e6) * picoPerMicro;
      return [{ name, at, isReached: used >= at, isNear: isNear(used, at) }];
    });
    return [{ scope, measure, used, bounds }];
  });
}

const order: readonly LimitLevel[] = ['over', 'soft', 'warn', 'ok'];

/** The tightest first. */
export const statesOf = (scopes: readonly Scope[]): LimitState[] =>
  scopes
    .flatMap(measured)
    .map(stateOf)
    .sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level) || b.share - a.share);

function stateOf(one: Measured): LimitState {
  const { scope, measure, used, bounds } = one;
  const boundOf = (name: 'soft' | 'hard'): number | null => {
    const bound = bounds.find((each) => each.name === name);
    return bound ? tellable(measure, bound.at) : null;
  };
  return {
    scope: scope.scope,
    measure,
    name: scope.name,
    project: scope.project,
    session: scope.session,
    used: tellable(measure, used),
    unpricedTokens: scope.used.unpriced,
    soft: boundOf('soft'),
    hard: boundOf('hard'),
    share: used / bounds[0]!.at,
    level: levelOf(bounds),
    message: messageOf(one, mostTelling(bounds)),
  };
}

function levelOf(bounds: readonly Bound[]): LimitLevel {
  const isReached = (name: string): boolean => bounds.some((one) => one.name === name && one.isReached);
  if (isReached('hard')) return 'over';
  if (isReached('soft')) return 'soft';
  return bounds.some((one) => one.isNear) ? 'warn' : 'ok';
}

/** The highest that is reached, or else the lowest. */
const mostTelling = (bounds: readonly Bound[]): Bound =>
  bounds.findLast((one) => one.isReached) ?? bounds[0]!;

/** `2026-11-20: $8.10 of the soft limit of $10.00 (81%)` */
export function messageOf({ scope, measure, used }: Measured, bound: Bound): string {
  const text = (amount: number): string => amountText(measure, tellable(measure, amount));
  const unpriced =
    measure === 'cost' && scope.used.unpriced > 0
      ? `, and ${amountText('tokens', scope.used.unpriced)} without a price`
      : '';
  const percent = Math.floor((100 * used) / bound.at);
  return `${nameOf(scope)}: ${text(used)} of the ${bound.name} limit of ${text(bound.at)} (${percent}%)${unpriced}`;
}

const amountText = (measure: LimitMeasure, amount: number): string =>
  measure === 'cost' ? moneyText(amount) : `${String(amount).replaceAll(/\B(?=(\d{3})+$)/g, ',')} tokens`;

function nameOf({ scope, name, project }: Scope): string {
  if (scope === 'session') return `session ${name.slice(0, 8)}`;
  return scope === 'day' ? `day ${name}` : `project ${project} in ${name}`;
}
