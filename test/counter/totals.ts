// What the counters make of a whole home, agent by agent and model by model, with costs.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { countClaudeCode } from './claude-code.ts';
import { countCodex } from './codex.ts';
import { countCopilot } from './copilot-cli.ts';
import { costOf } from './cost.ts';
import type { Cost } from './cost.ts';
import { addTokens, noTokens } from './counts.ts';
import type { Tokens } from './counts.ts';
import { countGemini } from './gemini-cli.ts';
import { countOpenCode } from './opencode.ts';
import type { Prices } from './prices.ts';
import type { Response } from './responses.ts';

export type ByAgent = Readonly<Record<string, readonly Response[]>>;

/** `exports`: a folder with sessions that OpenCode exported. */
export function responsesIn(home: string, exports: string): ByAgent {
  const found: Record<string, Response[]> = {};
  const of = (agent: string, place: string, count: (place: string, into: Response[]) => unknown): void => {
    if (existsSync(place)) count(place, (found[agent] = []));
  };
  of('claude-code', path.join(home, '.claude', 'projects'), (place, into) => countClaudeCode([place], into));
  of('codex', path.join(home, '.codex', 'sessions'), countCodex);
  of('copilot-cli', path.join(home, '.copilot', 'session-state'), countCopilot);
  of('gemini-cli', path.join(home, '.gemini', 'tmp'), countGemini);
  of('opencode', exports, (place, into) => countOpenCode(exportsBelow(place), into));
  return found;
}

export const exportsBelow = (place: string): string[] =>
  readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => path.join(place, name));

export interface Total extends Cost {
  readonly messages: number;
  readonly tokens: Tokens;
}

export function totalOf(responses: readonly Response[], prices: Prices): Total {
  const tokens = noTokens();
  for (const one of responses) addTokens(tokens, one.tokens);
  const messages = responses.filter((one) => one.kind !== 'sum').length;
  return { messages, tokens, ...costOf(responses, prices) };
}

/** By model's name. */
export function byModel(responses: readonly Response[]): Map<string, Response[]> {
  const models = new Map<string, Response[]>();
  for (const one of responses) models.set(one.model, [...(models.get(one.model) ?? []), one]);
  return new Map([...models].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
