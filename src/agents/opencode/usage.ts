// Token counts and cost of a message.
import type { Tokens } from '../../model/index.ts';
import { count, number, object } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';

/**
 * Reasoning is paid for as output. Up to 1.2.26 `output` has it inside, later it stands beside it; the total tells which,
 * and where there is none it is taken to be beside.
 */
export function tokensOf(told: Json): Tokens {
  const cache = object(told['cache']);
  const input = count(told['input']);
  const output = count(told['output']);
  const reasoning = count(told['reasoning']);
  const cacheRead = count(cache?.['read']);
  const cacheWrite5m = count(cache?.['write']);
  const isInside = number(told['total']) === input + output + cacheRead + cacheWrite5m;
  return {
    input,
    output: isInside ? output : output + reasoning,
    cacheRead,
    cacheWrite5m,
    cacheWrite1h: 0,
  };
}

/** Micro-dollars. OpenCode writes 0 too where it knows no price, so 0 says nothing. */
export function costOf(value: unknown): number | undefined {
  const cost = number(value);
  return cost === undefined || cost <= 0 || cost > 1e9 ? undefined : Math.round(cost * 1e6);
}
