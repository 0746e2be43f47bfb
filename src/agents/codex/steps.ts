// The records of a rollout as steps of a conversation: what must be known of a record to cut between two.
import { object, text, time } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';

export interface Step {
  readonly pos: number;
  readonly at: number;
  readonly type: string;
  readonly value: Json;
  readonly payload: Json;
  /** `opens` a turn, with its prompt; `said`: by the model, or what became of it; `other` says nothing. */
  readonly role: 'opens' | 'said' | 'other';
  /** Part of what the model answered to one request. */
  readonly isResponse: boolean;
  readonly isUsage: boolean;
  readonly call?: string;
  readonly result?: string;
}

const opening: ReadonlySet<string> = new Set([
  'task_started',
  'user_message',
  'turn_context',
  'user',
  'UserMessage',
]);
const response =
  /^(?:reasoning|assistant|AgentMessage|Reasoning|(?:function|custom_tool|local_shell|web_search|tool_search)_call)$/;
const settling: ReadonlySet<string> = new Set(['task_complete', 'turn_aborted', 'compacted']);
const usage: ReadonlySet<string> = new Set(['token_count', 'token_usage_record']);

/** Lines that cannot be read are left out: Codex cannot read them either. */
export function readSteps(content: Buffer): Step[] {
  const steps: Step[] = [];
  for (let start = 0; start < content.length;) {
    const found = content.indexOf(0x0a, start);
    const end = found < 0 ? content.length : found;
    const value = parse(content.toString('utf8', start, end));
    if (value) steps.push(stepOf(value, start, steps.at(-1)?.at ?? 0));
    start = end + 1;
  }
  return steps;
}

function stepOf(value: Json, pos: number, before: number): Step {
  const type = text(value['type']) ?? '';
  const payload = object(value['payload']) ?? {};
  const kind = kindOf(type, payload);
  const isResult = kind.endsWith('_output');
  const isResponse = response.test(kind);
  const id = text(payload['call_id']);
  const opens = opening.has(kind);
  const said = isResponse || isResult || usage.has(kind) || settling.has(kind);
  return {
    pos,
    type,
    value,
    payload,
    isResponse,
    at: time(value['timestamp']) ?? before,
    role: opens ? 'opens' : said ? 'said' : 'other',
    isUsage: usage.has(kind),
    ...(id !== undefined && isResponse && { call: id }),
    ...(id !== undefined && isResult && { result: id }),
  };
}

function kindOf(type: string, payload: Json): string {
  if (type !== 'response_item' && type !== 'event_msg') return type;
  const kind = text(payload['type']) ?? '';
  if (type === 'event_msg' && /^agent_(?:message|reasoning)$/.test(kind)) return 'AgentMessage';
  if (kind === 'message') return text(payload['role']) ?? '';
  return kind === 'item_completed' ? (text(object(payload['item'])?.['type']) ?? '') : kind;
}

function parse(line: string): Json | undefined {
  try {
    return object(JSON.parse(line));
  } catch {
    return undefined;
  }
}
