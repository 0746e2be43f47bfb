// Calls that are themselves a question to the user: until they have a result, the user is waited for.
import type { Emit, Place } from '../../model/index.ts';

export type Asks = Readonly<Record<string, 'question' | 'plan'>>;

/** `asks`: what the user is asked by the agent's tools, by their names. */
export function readAsk(asks: Asks, tool: string, call: string, place: Place, emit: Emit): void {
  if (!Object.hasOwn(asks, tool)) return;
  const { session, at, pos } = place;
  emit({ fact: 'session', session, at, pos, name: 'asked', value: `${asks[tool]} ${call}` });
}
