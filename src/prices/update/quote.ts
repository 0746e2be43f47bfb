// What another table says that a model costs today, in clew's words. Only those who make models are asked: hosts and
// gateways sell the same model at prices of their own.
import type { Price } from '../../model/index.ts';

export interface Quote {
  readonly id: string;
  readonly provider: string;
  /** Without a period; what is not told is left out. */
  readonly price: Omit<Price, 'from' | 'until'>;
}

/** Undefined where the value is no such table. */
export type Converter = (value: unknown) => readonly Quote[] | undefined;

/** Makers as clew calls them, and as the tables do: LiteLLM's `litellm_provider`, models.dev's keys. */
export const makers: readonly {
  readonly name: string;
  readonly litellm: readonly string[];
  readonly modelsDev: string;
}[] = [
  { name: 'anthropic', litellm: ['anthropic'], modelsDev: 'anthropic' },
  { name: 'openai', litellm: ['openai'], modelsDev: 'openai' },
  { name: 'google', litellm: ['gemini', 'vertex_ai-language-models'], modelsDev: 'google' },
  { name: 'xai', litellm: ['xai'], modelsDev: 'xai' },
  { name: 'deepseek', litellm: ['deepseek'], modelsDev: 'deepseek' },
  { name: 'mistral', litellm: ['mistral'], modelsDev: 'mistral' },
  { name: 'moonshot', litellm: ['moonshot'], modelsDev: 'moonshotai' },
  { name: 'z.ai', litellm: ['zai'], modelsDev: 'zai' },
  { name: 'minimax', litellm: ['minimax'], modelsDev: 'minimax' },
  { name: 'alibaba', litellm: ['dashscope'], modelsDev: 'alibaba' },
];

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A price that can be told: to six decimals, which are picodollars a token. */
export const rate = (value: unknown, scale = 1): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0
    ? Math.round(value * scale * 1e6) / 1e6
    : undefined;

export interface ToldRates {
  readonly input: number | undefined;
  readonly output: number | undefined;
  readonly cacheRead: number | undefined;
  readonly cacheWrite: number | undefined;
}

/** Undefined without a price; both 0 may mean that it is not known. */
export function ratesFrom({ input, output, cacheRead, cacheWrite }: ToldRates, provider: string) {
  if (input === undefined || output === undefined || (input === 0 && output === 0)) return undefined;
  return {
    input,
    output,
    ...(cacheRead !== undefined && { cacheRead }),
    ...(cacheWrite !== undefined && {
      cacheWrite5m: cacheWrite,
      cacheWrite1h: provider === 'anthropic' ? rate(2 * input) : cacheWrite,
    }),
  };
}
