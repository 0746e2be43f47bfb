// What an event may say in a shorter way, or in that of older writers, written out: before it is checked.
import { isObject, whole } from './field.ts';
import type { EventType } from './types.ts';

type Json = Readonly<Record<string, unknown>>;

const completions: Partial<Record<EventType, (event: Json) => Json>> = {
  error({ message, ...event }) {
    if (message === undefined) return event;
    return isLeftOut(event['error_message']) ? { ...event, error_message: message } : { ...event, message };
  },
  context_snapshot(event) {
    const snapshot = isObject(event['snapshot']) ? event['snapshot'] : {};
    const before = whole.read(event['tokens_before'] ?? snapshot['tokens_used']);
    const consumed = whole.read(event['tokens_consumed'] ?? 0);
    const after = whole.read(event['tokens_after'] ?? sum(before, consumed));
    const budget = whole.read(event['tokens_total_budget'] ?? 200_000);
    const files = event['files_in_context'];
    return withDefaults(event, {
      tokens_before: before,
      tokens_consumed: consumed,
      tokens_after: after,
      tokens_remaining: after === undefined || budget === undefined ? undefined : Math.max(budget - after, 0),
      files_in_context_count: Array.isArray(files) ? files.length : undefined,
    });
  },
};

export const completed = (type: EventType, event: Json): Json => completions[type]?.(event) ?? event;

const isLeftOut = (value: unknown): boolean => value === undefined || value === null;
const sum = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? undefined : a + b;

function withDefaults(event: Json, defaults: Json): Json {
  const missing = Object.entries(defaults).filter(
    ([name, value]) => value !== undefined && isLeftOut(event[name]),
  );
  return { ...event, ...Object.fromEntries(missing) };
}
