// Token counts of an assistant record. How to count: SOURCES.md, "Tokens".
import type { Tokens } from '../../model/index.ts';
import { count, object } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';

/** The five kinds; cache writes whose lifetime is not told are of five minutes. */
export function tokensOf(usage: Json): Tokens {
  const split = object(usage['cache_creation']);
  const input = count(usage['input_tokens']);
  const output = count(usage['output_tokens']);
  const cacheRead = count(usage['cache_read_input_tokens']);
  return split
    ? {
        input,
        output,
        cacheRead,
        cacheWrite5m: count(split['ephemeral_5m_input_tokens']),
        cacheWrite1h: count(split['ephemeral_1h_input_tokens']),
      }
    : {
        input,
        output,
        cacheRead,
        cacheWrite5m: count(usage['cache_creation_input_tokens']),
        cacheWrite1h: 0,
      };
}

/**
 * Whether a message's last line holds its final output count. Versions 2.0.64 to 2.1.97 often wrote the count of the
 * stream's start, and only a line with a stop reason is final; before and after, all lines are.
 */
export function outputIsFinal(version: string | undefined, stopReason: string | undefined): boolean {
  if (stopReason !== undefined) return true;
  if (version === undefined) return false;
  return isBefore(version, [2, 0, 64]) || !isBefore(version, [2, 1, 98]);
}

function isBefore(version: string, other: readonly number[]): boolean {
  const parts = version.split('.').map((part) => Number.parseInt(part, 10));
  for (const [i, part] of other.entries()) {
    const own = parts[i] ?? 0;
    if (own !== part) return own < part;
  }
  return false;
}
