// Use and cost as the library offers them: reports, and what is behind a number.
import { adapters, bookedTokens } from './agents/index.ts';
import type { Connection } from './connection.ts';
import { streamFile } from './ingest/index.ts';
import type { Context, Pricing } from './model/index.ts';
import { explainUsage, resolve, usageReport } from './query/index.ts';
import type { ExplainOptions, UsageExplanation, UsageOptions, UsageReport } from './query/index.ts';

export interface UsageHere {
  /** What was used and what it cost, by day if nothing else is asked for. Rows add up to their total. */
  usage(options?: UsageOptions): UsageReport;
  /**
   * The responses behind a row of the report that the same options make, by its key or the beginning of it, with the price
   * applied to each and the place of its record. Throws NOT_FOUND, AMBIGUOUS.
   */
  explainUsage(key: string, options?: ExplainOptions): UsageExplanation;
}

/** Adapters say in sentences what is missing or peculiar; these are the ones on use and cost. */
const ofUse = /\b(?:requests?|tokens?|counts?|costs?|usage)\b/;

const missingOf = (agent: string): string[] => [
  ...new Set(
    adapters
      .filter((adapter) => adapter.name === agent)
      .flatMap(({ capabilities }) => capabilities.flatMap(({ notes }) => notes))
      .filter((note) => ofUse.test(note)),
  ),
];

export function usageHere(
  context: Context,
  { db, guarded }: Pick<Connection, 'db' | 'guarded'>,
  pricing: () => Pricing,
): UsageHere {
  const whole = <O extends UsageOptions>(options: O): O =>
    options.session === undefined
      ? options
      : { ...options, session: resolve(db(), options.session, ['session']).id };
  return {
    usage: (options = {}) => guarded(() => usageReport(db(), whole(options), context.now(), missingOf)),
    explainUsage: (key, options = {}) =>
      guarded(() =>
        explainUsage(
          db(),
          key,
          whole(options),
          {
            pricing: pricing(),
            bookedTokens,
            streamOf: (agent, source) => streamFile(context.clewHome, agent, source),
          },
          context.now(),
        ),
      ),
  };
}
