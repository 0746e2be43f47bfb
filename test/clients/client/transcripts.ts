// What the client itself wrote, read in the plainest way: which API messages and tool calls its transcripts hold. It
// says what clew can know, and tells an error of clew from one of the client or of this test.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Written {
  /** API messages by id, with the output tokens of the last line. */
  readonly messages: ReadonlyMap<string, { readonly output: number; readonly sessions: ReadonlySet<string> }>;
  /** Tool calls by id. */
  readonly calls: ReadonlyMap<string, WrittenCall>;
  readonly sessions: ReadonlySet<string>;
}

export interface WrittenCall {
  readonly name: string;
  readonly sessions: ReadonlySet<string>;
  /** Undefined where there is no result. */
  readonly failed?: boolean;
  readonly said?: string;
}

interface Block {
  readonly type: string;
  readonly id?: string;
  readonly name?: string;
  readonly tool_use_id?: string;
  readonly is_error?: boolean;
  readonly content?: unknown;
}
interface Line {
  readonly type?: string;
  readonly message?: {
    readonly id?: string;
    readonly model?: string;
    readonly content?: string | Block[];
    readonly usage?: { readonly output_tokens: number };
  };
}

export const projects = (home: string) => path.join(home, '.claude', 'projects');

export function readTranscripts(home: string): Written {
  const messages = new Map<string, { output: number; sessions: Set<string> }>();
  const calls = new Map<string, { name: string; sessions: Set<string>; failed?: boolean; said?: string }>();
  const sessions = new Set<string>();
  for (const file of globSync('*/**/*.jsonl', { cwd: projects(home) })) {
    const [, top = ''] = file.split(path.sep);
    const session = top.replace(/\.jsonl$/, '');
    sessions.add(session);
    for (const { type, message } of linesOf(path.join(projects(home), file))) {
      if (type === 'assistant' && message?.id && message.model !== '<synthetic>') {
        const known = messages.get(message.id) ?? { output: 0, sessions: new Set<string>() };
        known.output = message.usage?.output_tokens ?? known.output;
        known.sessions.add(session);
        messages.set(message.id, known);
      }
      for (const block of Array.isArray(message?.content) ? message.content : []) {
        const id =
          block.type === 'tool_use' ? block.id! : block.type === 'tool_result' ? block.tool_use_id! : '';
        if (!id) continue;
        const known = calls.get(id) ?? { name: '', sessions: new Set<string>() };
        if (block.type === 'tool_use') known.name = block.name ?? '';
        else Object.assign(known, { failed: block.is_error === true, said: JSON.stringify(block.content) });
        known.sessions.add(session);
        calls.set(id, known);
      }
    }
  }
  return { messages, calls, sessions };
}

function linesOf(file: string): Line[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter(Boolean).map((line) => JSON.parse(line) as Line);
}

/** The transcript of a session. */
export function sessionFile(home: string, session: string): string {
  const [found] = globSync(`*/${session}.jsonl`, { cwd: projects(home) });
  if (found === undefined) throw new Error(`${session} has no transcript`);
  return path.join(projects(home), found);
}
