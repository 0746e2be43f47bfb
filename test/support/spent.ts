// For tests of limits and alerts: a home in which sessions used just so much at just these times, taken in by a real
// import. A token costs a micro-dollar; tokens of the model `free-lance` have no price.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { testHome } from './home.ts';
import type { TestHome } from './home.ts';

/** The id of a session that is named by a digit or two. */
export const sessionId = (name: string): string => `${name.padStart(8, '0')}-5e55-4000-8000-000000000000`;

export interface Spent {
  readonly session?: string;
  readonly at: string;
  readonly tokens?: number;
  readonly model?: string;
  readonly project?: string;
  /** How many calls ended so. */
  readonly success?: number;
  readonly failed?: number;
  readonly blocked?: number;
}

const results = {
  success: { is_error: false, content: 'fine' },
  failed: { is_error: true, content: 'Exit code 1' },
  blocked: { is_error: true, content: "The user doesn't want to proceed with this tool use." },
} as const;

export interface SpentHome extends TestHome {
  /** Writes more of the same. */
  readonly spend: (...all: readonly Spent[]) => void;
}

export function spentHome(now: string, config: object, ...all: readonly Spent[]): SpentHome {
  const home = testHome({ now: () => Date.parse(now) });
  const { clewHome } = home.context;
  mkdirSync(clewHome, { recursive: true });
  const price = { input: 1, output: 1 };
  writeFileSync(
    path.join(clewHome, 'config.json'),
    JSON.stringify({ prices: { overrides: { m: price } }, ...config }),
  );
  let written = 0;
  const spend = (...more: readonly Spent[]): void => {
    for (const one of more) {
      const n = written++;
      home.write(`p${n}/${sessionId(one.session ?? '1')}.jsonl`, linesOf(one, n));
    }
  };
  spend(...all);
  return { ...home, spend };
}

/** Each in a file of its own, as a session's records may be. */
function linesOf({ session = '1', at, project = '/home/me/app', ...one }: Spent, n: number): object[] {
  const told = {
    sessionId: session,
    timestamp: new Date(at).toISOString(),
    cwd: project,
    version: '2.1.329',
  };
  const calls = (['success', 'failed', 'blocked'] as const).flatMap((outcome) =>
    Array.from({ length: one[outcome] ?? 0 }, (_, i) => ({ id: `t${n}-${outcome}-${i}`, outcome })),
  );
  const answer = (id: string, tokens: number, content: readonly object[]): object => ({
    ...told,
    type: 'assistant',
    uuid: id,
    message: {
      id,
      role: 'assistant',
      model: one.model ?? 'm',
      stop_reason: 'end_turn',
      usage: { input_tokens: tokens, output_tokens: 0 },
      content,
    },
  });
  return [
    answer(`m${n}`, one.tokens ?? 0, [{ type: 'text', text: 'Done.' }]),
    ...calls.flatMap(({ id, outcome }) => [
      answer(`c${id}`, 0, [{ type: 'tool_use', id, name: 'Bash', input: { command: 'make' } }]),
      {
        ...told,
        type: 'user',
        uuid: `r${id}`,
        message: { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, ...results[outcome] }] },
      },
    ]),
  ];
}
