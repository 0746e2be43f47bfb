// One answer of the Messages API, as a whole or as server-sent events. Like the real one, the stream opens with a
// usage that has a placeholder for the output tokens; only the last event tells how many there were.
import type { ServerResponse } from 'node:http';
import type { ServedCall } from './ledger.ts';
import type { Step, Usage } from './scenario.ts';

export interface Answer {
  readonly messageId: string;
  readonly requestId: string;
  readonly model: string;
  readonly step: Step;
  readonly calls: readonly ServedCall[];
  readonly usage: Usage;
}

type ContentBlock =
  | { type: 'thinking'; thinking: string; signature: string }
  | { type: 'text'; text: string }
  | { type: 'tool_use'; id: string; name: string; input: unknown };

export function sendWhole(res: ServerResponse, answer: Answer): void {
  const { head, blocks, stop } = parts(answer);
  res.writeHead(200, { 'content-type': 'application/json', 'request-id': answer.requestId });
  const message = { ...head, content: blocks, stop_reason: stop, usage: wire(answer.usage) };
  res.end(JSON.stringify(message));
}

export function sendStream(res: ServerResponse, answer: Answer): void {
  const { head, blocks, stop } = parts(answer);
  res.writeHead(200, { 'content-type': 'text/event-stream', 'request-id': answer.requestId });
  const send = (type: string, rest: object) =>
    res.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...rest })}\n\n`);
  send('message_start', { message: { ...head, usage: wire({ ...answer.usage, output: 1 }) } });
  for (const [index, block] of blocks.entries()) {
    send('content_block_start', { index, content_block: opening(block) });
    for (const delta of deltas(block)) send('content_block_delta', { index, delta });
    send('content_block_stop', { index });
  }
  const delta = { stop_reason: stop, stop_sequence: null };
  send('message_delta', { delta, usage: wire(answer.usage) });
  send('message_stop', {});
  res.end();
}

function parts({ messageId, model, step, calls }: Answer) {
  const blocks: ContentBlock[] = [];
  if (step.think) blocks.push({ type: 'thinking', thinking: step.think, signature: 'c2lnbmVk' });
  if (step.say) blocks.push({ type: 'text', text: step.say });
  for (const { id, name, input } of calls) blocks.push({ type: 'tool_use', id, name, input });
  const none = { stop_reason: null, stop_sequence: null };
  const head = { id: messageId, type: 'message', role: 'assistant', model, content: [], ...none };
  return { head, blocks, stop: calls.length > 0 ? 'tool_use' : 'end_turn' };
}

function opening(block: ContentBlock): object {
  if (block.type === 'thinking') return { type: 'thinking', thinking: '', signature: '' };
  return block.type === 'text' ? { type: 'text', text: '' } : { ...block, input: {} };
}

function deltas(block: ContentBlock): object[] {
  if (block.type === 'text') return [{ type: 'text_delta', text: block.text }];
  if (block.type === 'tool_use')
    return [{ type: 'input_json_delta', partial_json: JSON.stringify(block.input) }];
  const { thinking, signature } = block;
  return [
    { type: 'thinking_delta', thinking },
    { type: 'signature_delta', signature },
  ];
}

function wire(usage: Usage): object {
  return {
    input_tokens: usage.input,
    output_tokens: usage.output,
    cache_read_input_tokens: usage.cacheRead,
    cache_creation_input_tokens: usage.cacheWrite5m + usage.cacheWrite1h,
    cache_creation: {
      ephemeral_5m_input_tokens: usage.cacheWrite5m,
      ephemeral_1h_input_tokens: usage.cacheWrite1h,
    },
    service_tier: 'standard',
  };
}
