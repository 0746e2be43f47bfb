// For tests: records as Claude Code writes them, cut down to what matters, and the facts that the reader makes of them.
import type { Fact, SourceFile } from '../../model/index.ts';
import { claudeCode } from './index.ts';
import type { Json } from '../shared/shapes.ts';

export const session = '00000001-5e55-4000-8000-000000000000';

const transcript: SourceFile = {
  agent: 'claude-code',
  kind: 'transcript',
  machine: 'laptop',
  path: `/home/u/.claude/projects/-p/${session}.jsonl`,
  session,
  run: undefined,
};
const hooks: SourceFile = { ...transcript, kind: 'hooks', path: 'hooks', session: undefined };

function readAll(source: SourceFile, records: readonly Json[]): Fact[] {
  const facts: Fact[] = [];
  const reader = claudeCode.reader(source, undefined);
  for (const [i, value] of records.entries())
    reader.read({ value, pos: i * 100, line: i + 1 }, (fact) => facts.push(fact));
  return facts;
}

/** The facts of a transcript's records; each gets an envelope unless it brings its own. */
export const read = (...records: Json[]): Fact[] =>
  readAll(
    transcript,
    records.map((record, i) => ({
      sessionId: session,
      uuid: `u${i}`,
      timestamp: `2026-01-01T00:00:0${i}.000Z`,
      ...record,
    })),
  );

/** The facts of hook calls, given by their payloads. */
export const readHooks = (...payloads: Json[]): Fact[] =>
  readAll(
    hooks,
    payloads.map((payload, i) => ({
      hook: `claude-code.1.${i}.0.json`,
      time: 1000 + i,
      payload: { session_id: session, cwd: '/p', ...payload },
    })),
  );

export const only = <K extends Fact['fact']>(facts: readonly Fact[], kind: K): Extract<Fact, { fact: K }>[] =>
  facts.filter((fact): fact is Extract<Fact, { fact: K }> => fact.fact === kind);

export const user = (content: unknown, more: Json = {}): Json => ({
  type: 'user',
  message: { role: 'user', content },
  ...more,
});

export const assistant = (id: string, content: readonly Json[], more: Json = {}): Json => ({
  type: 'assistant',
  message: {
    id,
    model: 'claude-x',
    role: 'assistant',
    content,
    stop_reason: 'tool_use',
    usage: { input_tokens: 1, output_tokens: 2 },
  },
  ...more,
});

export const call = (id: string, name: string, input: Json): Json =>
  assistant(`msg_${id}`, [{ type: 'tool_use', id, name, input }]);

export const result = (id: string, content: unknown, more: Json = {}, isError = false): Json =>
  user([{ type: 'tool_result', tool_use_id: id, content, ...(isError && { is_error: true }) }], more);
