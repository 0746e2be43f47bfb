// LiteLLM's model_prices_and_context_window.json: one object per model, prices in USD per token.
import { isObject, makers, rate, ratesFrom } from './quote.ts';
import type { Converter, Quote } from './quote.ts';

type Entry = Readonly<Record<string, unknown>>;

export const fromLitellm: Converter = (value) => {
  if (!isObject(value)) return undefined;
  const entries = Object.entries(value).filter((entry): entry is [string, Entry] => isObject(entry[1]));
  if (!entries.some(([, entry]) => 'input_cost_per_token' in entry)) return undefined;
  const quotes = makers.flatMap(({ name, litellm }) =>
    litellm.flatMap((provider) =>
      entries
        .filter(([, entry]) => entry['litellm_provider'] === provider && isChat(entry))
        .flatMap(([id, entry]) => quoteOf(id.replace(/^.*\//, ''), name, entry) ?? []),
    ),
  );
  // Some stand there twice, with and without a prefix.
  return [...new Map(quotes.toReversed().map((quote) => [quote.id, quote])).values()].toReversed();
};

const isChat = ({ mode }: Entry): boolean => mode === 'chat' || mode === 'responses';

function quoteOf(id: string, provider: string, entry: Entry): Quote | undefined {
  const ratesAt = (suffix: string) => {
    const of = (name: string): number | undefined => rate(entry[name + suffix], 1e6);
    const told = {
      input: of('input_cost_per_token'),
      output: of('output_cost_per_token'),
      cacheRead: of('cache_read_input_token_cost'),
      cacheWrite: of('cache_creation_input_token_cost'),
    };
    return ratesFrom(told, provider);
  };
  const rates = ratesAt('');
  if (!rates) return undefined;
  const longContext = Object.keys(entry)
    .flatMap((key) => /^input_cost_per_token_above_(\d+)k_tokens$/.exec(key)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b)
    .flatMap((k) => {
      const above = ratesAt(`_above_${k}k_tokens`);
      return above ? [{ above: k * 1000, ...above }] : [];
    });
  const tiers = tiersOf(entry);
  return {
    id,
    provider,
    price: {
      ...rates,
      ...(longContext.length > 0 && { longContext }),
      ...(Object.keys(tiers).length > 0 && { tiers }),
    },
  };
}

/** Tiers are told as rates of their own; they are a factor where input and output agree on it. */
function tiersOf(entry: Entry): Record<string, number> {
  const factor = (name: string): number | undefined => {
    const [input, output] = ['input', 'output'].map((kind) => {
      const [tier, standard] = [entry[`${kind}_cost_per_token_${name}`], entry[`${kind}_cost_per_token`]];
      return typeof tier === 'number' && typeof standard === 'number' && standard > 0
        ? Math.round((tier / standard) * 1e4) / 1e4
        : undefined;
    });
    return input === output ? input : undefined;
  };
  const specific = entry['provider_specific_entry'];
  const fast = isObject(specific) ? rate(specific['fast']) : undefined;
  const told = { fast, priority: factor('priority'), flex: factor('flex') };
  return Object.fromEntries(
    Object.entries(told).filter((one): one is [string, number] => one[1] !== undefined),
  );
}
