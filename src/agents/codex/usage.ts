// Token counts of API responses. From 0.169 each response is told by its id; before, running totals are told, many of them
// twice, and a response is what was added since the one before. How to count: SOURCES.md, "Tokens".
import type { Tokens } from '../../model/index.ts';
import { count, object, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import { oddity } from './state.ts';
import type { Reading, Totals } from './state.ts';

const names = ['input', 'cached', 'written', 'output', 'reasoning'] as const;

export function readUsageRecord(reading: Reading, payload: Json): void {
  const { state } = reading;
  const usage = object(payload['usage']);
  const id = text(payload['response_id']);
  if (!usage || !id) {
    oddity(reading, 'wrong-shape', 'token_usage_record');
    return;
  }
  state.recorded = state.scope;
  emitMessage(reading, id, totalsOf(usage));
}

export function readTokenCount(reading: Reading, payload: Json): void {
  const { state } = reading;
  const info = object(payload['info']);
  const told = object(info?.['total_token_usage']);
  // Without info it tells only how much of the plan is used up.
  if (!info || !told) return;
  const total = totalsOf(told);
  const before = state.totals;
  if (before && names.every((name) => total[name] === before[name])) return;
  const isReset = before !== undefined && names.some((name) => total[name] < before[name]);
  state.totals = total;
  if (isReset) state.resets++;
  if (state.recorded === state.scope) return;
  const usage =
    before && !isReset ? difference(total, before) : totalsOf(object(info['last_token_usage']) ?? {});
  const numbers = names.map((name) => total[name]).join('-');
  emitMessage(reading, `${state.scope}:${state.resets}:${numbers}`, usage);
}

function emitMessage({ state, place, emit }: Reading, key: string, usage: Totals): void {
  emit({
    fact: 'message',
    key,
    place,
    model: state.model,
    tokens: tokensOf(usage),
    outputFinal: true,
    stopReason: undefined,
    ...(state.tier !== undefined && { tier: state.tier }),
  });
}

const totalsOf = (usage: Json): Totals => ({
  input: count(usage['input_tokens']),
  cached: count(usage['cached_input_tokens']),
  written: count(usage['cache_write_input_tokens']),
  output: count(usage['output_tokens']),
  reasoning: count(usage['reasoning_output_tokens']),
});

const difference = (a: Totals, b: Totals): Totals => ({
  input: a.input - b.input,
  cached: a.cached - b.cached,
  written: a.written - b.written,
  output: a.output - b.output,
  reasoning: a.reasoning - b.reasoning,
});

/** The kinds as clew has them, which share nothing; how long a cache write lasts is not told. */
const tokensOf = (usage: Totals): Tokens => ({
  input: Math.max(0, usage.input - usage.cached - usage.written),
  output: usage.output,
  cacheRead: usage.cached,
  cacheWrite5m: usage.written,
  cacheWrite1h: 0,
});
