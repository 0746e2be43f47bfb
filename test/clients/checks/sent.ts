// What clients sent to the model, in lines that can be compared.
import type { World } from '../client/world.ts';
import type { SentMessage } from '../stub/conversation.ts';

/** What the client sent with the first request of a scenario. */
export function firstRequest(world: World, scenario: string): readonly SentMessage[] {
  return world.stub.ledger.answers(scenario)[0]?.sent ?? [];
}

/** A conversation in lines, a block a line, without what the client tells or reminds the model of by itself. */
export function conversation(messages: readonly SentMessage[]): string[] {
  const told = messages.filter(({ role }) => role !== 'system');
  return told.flatMap(({ role, content }) =>
    (typeof content === 'string' ? [{ type: 'text', text: content }] : content)
      .map((block) => wordsOf(block as Block))
      .filter(Boolean)
      .map((words) => `${role}: ${words}`),
  );
}

interface Block {
  readonly type?: string;
  readonly text?: string;
  readonly thinking?: string;
  readonly id?: string;
  readonly name?: string;
  readonly input?: unknown;
  readonly tool_use_id?: string;
  readonly content?: unknown;
}

function wordsOf(block: Block): string {
  switch (block.type) {
    case 'tool_use':
      return `call ${block.id} ${block.name} ${JSON.stringify(block.input)}`;
    case 'tool_result':
      return `result ${block.tool_use_id} ${JSON.stringify(block.content)}`;
    case 'thinking':
      return `thinks ${block.thinking}`;
    default:
      return (block.text ?? '').replaceAll(/<system-reminder>[\s\S]*?<\/system-reminder>/g, '').trim();
  }
}
