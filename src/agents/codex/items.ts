// Response items: what the model saw and said. Prompts are not among them, as in user messages stand many words that
// nobody typed; of these the events tell (events.ts).
import { object, objects, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import { readOutput } from './results.ts';
import { textOf } from './parts.ts';
import { pickQuestions } from './questions.ts';
import { isMain, keyOf, oddity, openCall } from './state.ts';
import type { Reading } from './state.ts';
import { argumentsOf, patchIn, targetOf, typeOf } from './tools.ts';

const readers: Readonly<Record<string, (reading: Reading, item: Json) => void>> = {
  message: readMessage,
  reasoning: readReasoning,
  agent_message: readAgentMessage,
  function_call: readCall,
  custom_tool_call: readCall,
  local_shell_call: readCall,
  web_search_call: readCall,
  tool_search_call: readCall,
  function_call_output: readOutput,
  custom_tool_call_output: readOutput,
  local_shell_call_output: readOutput,
  tool_search_output: readOutput,
  // A commit that Codex made of the working tree, to undo its own work (0.58 to 0.77).
  ghost_snapshot: () => {},
};

export function readResponseItem(reading: Reading, item: Json): void {
  const type = text(item['type']) ?? 'no type';
  const reader = Object.hasOwn(readers, type) ? readers[type] : undefined;
  if (reader) reader(reading, item);
  else oddity(reading, 'unknown-type', `response_item/${type}`);
}

function readMessage({ state, place, emit }: Reading, item: Json): void {
  if (item['role'] !== 'assistant') return;
  const words = textOf(item['content']);
  if (words === '') return;
  emit({ fact: 'entry', key: keyOf(state, 'answer', words), kind: 'answer', place, text: words });
}

function readReasoning({ state, place, emit }: Reading, item: Json): void {
  const words = textOf(item['summary']);
  // What was thought is encrypted; only a summary, where one was asked for, can be read.
  if (words === '') return;
  emit({ fact: 'entry', key: keyOf(state, 'thinking', words), kind: 'thinking', place, text: words });
}

/** What agents say to each other (0.145 and later): a subagent's task, or what became of it. */
function readAgentMessage({ state, place, emit }: Reading, item: Json): void {
  const words = textOf(item['content']);
  const author = text(item['author']);
  const kind = isMain(place) || !words.includes('NEW_TASK') ? 'note' : 'agent_prompt';
  const detail = { from: author, to: text(item['recipient']) };
  emit({ fact: 'entry', key: keyOf(state, 'agent', words), kind, place, text: words, detail });
}

function readCall(reading: Reading, item: Json): void {
  const { state, place, emit } = reading;
  const type = text(item['type']) ?? '';
  const name = text(item['name']) ?? type;
  const input = argumentsOf(item['input'] ?? item['arguments'] ?? item['action']);
  const target = targetOf(name, input);
  // Web searches have no id: the provider makes them.
  const key = text(item['call_id']) ?? text(item['id']) ?? keyOf(state, type, target);
  emit({ fact: 'call', key, place, name, type: typeOf(name), target, message: undefined });
  if (name === 'exec') {
    state.script = key;
    state.nested = {};
  }
  if (item['call_id'] === undefined) {
    const status = item['status'] === 'failed' ? 'failed' : 'success';
    emit({ fact: 'result', key, place, status, isError: false });
    return;
  }
  const kept = keptOf(name, input, target);
  const patch = patchIn(input);
  openCall(state, key, {
    name,
    ...(kept !== undefined && { input: kept }),
    ...(patch !== undefined && patch.length <= maxPatch && { patch }),
  });
}

const maxKept = 4096;
const maxPatch = 32_768;

/** What the result cannot be understood without. */
function keptOf(name: string, input: unknown, target: string): unknown {
  if (name === 'update_plan') return pickPlan(input);
  return name === 'request_user_input' ? pickQuestions(input) : commandOf(name, target);
}

const commandOf = (name: string, target: string): string | undefined =>
  typeOf(name) === 'execute' && name !== 'exec' ? target.slice(0, maxKept) : undefined;

const pickPlan = (input: unknown): unknown =>
  objects(object(input)?.['plan'])
    .slice(0, 100)
    .map((one) => ({
      status: text(one['status']) ?? '',
      content: (text(one['step']) ?? '').slice(0, 200),
    }));
