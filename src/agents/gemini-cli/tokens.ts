// Token counts of a message. How to count: SOURCES.md, "Tokens".
import type { Tokens } from '../../model/index.ts';
import { count } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';

/** What was cached is part of the input; thoughts are apart from the output, and paid for like it. */
export function tokensOf(told: Json): Tokens {
  const cacheRead = count(told['cached']);
  return {
    input: Math.max(0, count(told['input']) - cacheRead) + count(told['tool']),
    output: count(told['output']) + count(told['thoughts']),
    cacheRead,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
  };
}
