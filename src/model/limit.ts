// Limits on tokens and cost, and what alerts come of: settings of the user's. docs/limits.md describes them.
import * as v from 'valibot';
import { atMostDecimals } from './price.ts';

const isInOrder = ({ soft, hard }: { readonly soft?: number; readonly hard?: number }): boolean =>
  soft === undefined || hard === undefined || soft < hard;
const isSome = ({ soft, hard }: { readonly soft?: number; readonly hard?: number }): boolean =>
  soft !== undefined || hard !== undefined;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const dollars = v.pipe(
  v.number(),
  v.minValue(0.000001),
  v.maxValue(1_000_000_000),
  v.check(atMostDecimals(6), 'an amount has at most six decimals'),
);
const bounds = (size: typeof count | typeof dollars) =>
  v.pipe(
    v.strictObject({ soft: v.optional(size), hard: v.optional(size) }),
    v.check((one) => isSome(one), 'a limit needs `soft`, `hard` or both'),
    v.check((one) => isInOrder(one), '`soft` must be below `hard`'),
  );

const limit = v.strictObject({
  /** Of all kinds together, those read from the cache too. */
  tokens: v.optional(bounds(count)),
  /** US dollars. */
  cost: v.optional(bounds(dollars)),
});

export const limitSettings = v.strictObject({
  /** Of each session, from its start to its end. */
  session: v.optional(limit, {}),
  /** Of each local day. */
  day: v.optional(limit, {}),
  /** Of each project in each local month: by its folder, by a part of its path, or `*`. The first that matches counts. */
  project: v.optional(v.record(v.pipe(v.string(), v.nonEmpty()), limit), {}),
});

export const alertSettings = v.strictObject({
  /** An hour that costs more than so many times the average is told. */
  costSpikeFactor: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(1000)), 3),
  /** The average must be that of so many hours at least. */
  minHours: v.optional(count, 24),
  /** An hour in which a greater share of the operations fails is told. */
  errorRate: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), 0.1),
  /** In an hour with fewer operations no rate is told. */
  minOperations: v.optional(count, 10),
  /** An hour with more blocked operations is told. */
  blockedPerHour: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0)), 10),
  /** A line for the shell, run once for each alert. */
  command: v.optional(v.pipe(v.string(), v.regex(/^[^\0]*\S[^\0]*$/, 'a command is a line for the shell'))),
});

export type Limit = v.InferOutput<typeof limit>;
export type LimitSettings = v.InferOutput<typeof limitSettings>;
export type AlertSettings = v.InferOutput<typeof alertSettings>;

/** Where the user has set nothing. */
export const noLimits: LimitSettings = v.parse(limitSettings, {});
export const usualAlerts: AlertSettings = v.parse(alertSettings, {});
