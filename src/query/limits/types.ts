// What clew tells of limits and alerts; docs/json.md describes the shapes, docs/limits.md says how they come about.

export type LimitScope = 'session' | 'day' | 'project';
export type LimitMeasure = 'tokens' | 'cost';

/** `warn`: from 80 % of a bound on. `soft`: the soft bound is reached. `over`: the hard one is. */
export type LimitLevel = 'ok' | 'warn' | 'soft' | 'over';

/** How much of a limit is used. Costs are micro-dollars. */
export interface LimitState {
  readonly scope: LimitScope;
  readonly measure: LimitMeasure;
  /** The session's id, the day (`2026-11-20`), or the month (`2026-11`) of a project. */
  readonly name: string;
  /** Where the limit is a session's or a project's. */
  readonly project: string | null;
  readonly session: string | null;
  readonly used: number;
  /** Tokens without a price, which a cost does not hold. */
  readonly unpricedTokens: number;
  readonly soft: number | null;
  readonly hard: number | null;
  /** Used of the lower of the two; 1 is all of it. */
  readonly share: number;
  readonly level: LimitLevel;
  /** All of this in words. */
  readonly message: string;
}

export type AlertKind =
  | 'cost_spike'
  | 'error_spike'
  | 'blocked_operations'
  | 'limit_warning'
  | 'limit_reached';

export interface Alert {
  /** The same whenever it is asked for; made of the kind and of what it is about. */
  readonly id: string;
  readonly kind: AlertKind;
  readonly severity: 'info' | 'warning' | 'critical';
  /** When it happened: the beginning of the hour, or of the quarter of an hour in which a limit was crossed. */
  readonly at: string;
  /** What happened, with its numbers. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
  /** What was measured, and what it was held against, in `unit`. */
  readonly value: number;
  readonly threshold: number;
  readonly unit: 'microdollars' | 'tokens' | 'operations' | 'share';
  /** The session that it is about, or that had the most part in it, and that one's project. */
  readonly project: string | null;
  readonly session: string | null;
}
