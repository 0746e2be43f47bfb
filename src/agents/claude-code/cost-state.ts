// The tokens that Claude Code's own account of a session has: with the requests that it writes into no message.
import { count, isObject, object } from '../shared/shapes.ts';

/** Of all kinds; undefined where the record does not tell. */
export function bookedTokens(costState: unknown): number | undefined {
  const models = object(object(costState)?.['modelUsage']);
  return models
    ? Object.values(models)
        .filter(isObject)
        .flatMap((used) =>
          ['inputTokens', 'outputTokens', 'cacheReadInputTokens', 'cacheCreationInputTokens'].map((name) =>
            count(used[name]),
          ),
        )
        .reduce((n, one) => n + one, 0)
    : undefined;
}
