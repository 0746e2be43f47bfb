// Tokens. A message tells its output alone; all the rest stands, by model, in what is told when a session is shut down, for
// the whole of the session so far. So a message counts its output, and the shutdown what is left of its sums.
import type { Tokens } from '../../model/index.ts';

import { count, isObject, object } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import { oddity, placeOf } from './state.ts';
import type { Reading } from './state.ts';

/** Cache reads and writes are part of what it calls input. */
export function tokensOf(usage: Json): Tokens {
  const cacheRead = count(usage['cacheReadTokens']);
  const cacheWrite = count(usage['cacheWriteTokens']);
  return {
    input: Math.max(0, count(usage['inputTokens']) - cacheRead - cacheWrite),
    output: count(usage['outputTokens']),
    cacheRead,
    cacheWrite5m: cacheWrite,
    cacheWrite1h: 0,
  };
}

/** One fact for each model; a later shutdown's takes its place. */
export function readMetrics(reading: Reading, metrics: unknown): void {
  const { state, emit } = reading;
  if (!isObject(metrics)) {
    oddity(reading, 'wrong-shape', 'session.shutdown.modelMetrics');
    return;
  }
  const place = placeOf(reading);
  const sums = Object.entries(metrics).flatMap(([model, told]) => {
    const usage = object(object(told)?.['usage']);
    return usage ? [{ model, whole: tokensOf(usage) }] : [];
  });
  const left = outputsLeft(sums, state.output);
  for (const { model, whole } of sums)
    emit({
      fact: 'message',
      key: `${place.session}:${model}:metered`,
      place: { ...place, run: place.session, turn: undefined },
      model,
      tokens: { ...whole, output: left.get(model) ?? 0 },
      charged: whole,
      outputFinal: true,
      stopReason: undefined,
      isRest: true,
    });
}

/** What no message has told. Messages of another model, or of none that is known, are part of the sums all the same. */
function outputsLeft(
  sums: readonly { readonly model: string; readonly whole: Tokens }[],
  told: Readonly<Record<string, number>>,
): Map<string, number> {
  const left = new Map(sums.map(({ model, whole }) => [model, whole.output - (told[model] ?? 0)]));
  const strange = Object.keys(told).filter((model) => !left.has(model));
  let over = strange.reduce((sum, model) => sum + (told[model] ?? 0), 0);
  for (const n of left.values()) over += Math.max(0, -n);
  for (const [model, n] of left) {
    const taken = Math.min(Math.max(0, n), over);
    left.set(model, Math.max(0, n) - taken);
    over -= taken;
  }
  return left;
}
