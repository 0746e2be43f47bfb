// models.dev's api.json: providers with their models, prices in USD per million tokens.
import { isObject, makers, rate, ratesFrom } from './quote.ts';
import type { Converter, Quote } from './quote.ts';

export const fromModelsDev: Converter = (value) => {
  if (!isObject(value) || !Object.values(value).some((one) => isObject(one) && isObject(one['models'])))
    return undefined;
  return makers.flatMap(({ name, modelsDev }) => {
    const provider = Object.hasOwn(value, modelsDev) ? value[modelsDev] : undefined;
    const models = isObject(provider) && isObject(provider['models']) ? provider['models'] : {};
    return Object.entries(models).flatMap(([id, model]) => quoteOf(id, name, model) ?? []);
  });
};

function quoteOf(id: string, provider: string, model: unknown): Quote | undefined {
  const cost = isObject(model) ? model['cost'] : undefined;
  const rates = ratesOf(cost, provider);
  if (!rates || !isObject(cost)) return undefined;
  const longContext = thresholds(cost)
    .flatMap(([above, one]) => {
      const long = ratesOf(one, provider);
      return long ? [{ above, ...long }] : [];
    })
    .sort((a, b) => a.above - b.above);
  return { id, provider, price: { ...rates, ...(longContext.length > 0 && { longContext }) } };
}

const ratesOf = (cost: unknown, provider: string) =>
  isObject(cost)
    ? ratesFrom(
        {
          input: rate(cost['input']),
          output: rate(cost['output']),
          cacheRead: rate(cost['cache_read']),
          cacheWrite: rate(cost['cache_write']),
        },
        provider,
      )
    : undefined;

/** Newer tables have `tiers` with their sizes, beside which `context_over_200k` says the same less exactly. */
function thresholds({
  tiers,
  context_over_200k: over,
}: Readonly<Record<string, unknown>>): [number, unknown][] {
  const sized = (Array.isArray(tiers) ? tiers : []).flatMap((one: unknown): [number, unknown][] => {
    const tier = isObject(one) ? one['tier'] : undefined;
    const size = isObject(tier) && tier['type'] === 'context' ? tier['size'] : undefined;
    return typeof size === 'number' && Number.isSafeInteger(size) && size > 0 ? [[size, one]] : [];
  });
  return sized.length > 0 || over === undefined ? sized : [[200_000, over]];
}
