// Assistant records: one content block each, with the usage of the API response that it came in.
import { createHash } from 'node:crypto';
import type { Place, Rank } from '../../model/index.ts';
import { noTokens } from '../../model/index.ts';
import { contentText, isObject, list, object, text } from './shapes.ts';
import type { Json } from './shapes.ts';
import { openCall, placeOf } from './state.ts';
import { descriptionOf, targetOf, typeOf } from './tools.ts';
import { oddity } from './transcript.ts';
import type { Reading } from './transcript.ts';
import { outputIsFinal, tokensOf } from './usage.ts';

/** Tools whose result cannot be understood without their input. */
const keepsInput: ReadonlySet<string> = new Set(['Agent', 'Task', 'AskUserQuestion', 'ExitPlanMode', 'Write', 'Edit', 'MultiEdit', 'NotebookEdit', 'Bash']);

export function readAssistant(reading: Reading): void {
  const { record, source, state } = reading;
  readResponse(reading, record.value, placeOf(record, source, state));
}

/** Also used for the copies of subagents' messages that progress records hold. */
export function readResponse(reading: Reading, r: Json, place: Place): void {
  const { emit, state, record } = reading;
  const message = object(r['message']);
  if (!message) {
    oddity(reading, 'wrong-shape', 'assistant.message');
    return;
  }
  const model = text(message['model']);
  const uuid = text(r['uuid']) ?? `${place.session}:${record.pos}`;
  if (model === '<synthetic>') {
    const words = contentText(message['content']);
    const kind = r['isApiErrorMessage'] === true ? 'api_error' : 'note';
    emit({ fact: 'entry', key: uuid, kind, place, text: words, detail: apiError(r) });
    return;
  }
  const key = text(message['id']) ?? uuid;
  const usage = object(message['usage']);
  if (!usage) oddity(reading, 'wrong-shape', 'assistant.message.usage');
  const stopReason = text(message['stop_reason']);
  const isEcho = place.rank !== (0 as Rank);
  emit({
    fact: 'message',
    key,
    place,
    model,
    tokens: usage ? tokensOf(usage) : noTokens,
    outputFinal: !isEcho && usage !== undefined && outputIsFinal(state.version, stopReason),
    stopReason,
  });
  if (!Array.isArray(message['content'])) oddity(reading, 'wrong-shape', 'assistant.message.content');
  for (const block of list(message['content'])) if (isObject(block)) readBlock(reading, key, block, place);
}

function readBlock({ emit, state }: Reading, message: string, block: Json, place: Place): void {
  const type = text(block['type']);
  if (type === 'text' || type === 'thinking') {
    const words = text(block[type]) ?? '';
    // Copies of old versions change every id but the message's, so a block's key is made of that and of its words.
    if (words) emit({ fact: 'entry', key: blockKey(message, words), kind: type === 'text' ? 'answer' : 'thinking', place, text: words });
  } else if (type === 'tool_use') {
    const id = text(block['id']);
    const name = text(block['name']) ?? '';
    const input = object(block['input']) ?? {};
    if (id === undefined) return;
    emit({
      fact: 'call', key: id, place, name, type: typeOf(name), target: targetOf(name, input), message, description: descriptionOf(name, input),
    });
    openCall(state, id, { name, ...(keepsInput.has(name) && { input: smallInput(name, input) }) });
    readIntent(id, name, input, place, emit);
  } else if (type !== undefined) {
    const words = type.endsWith('tool_use') ? `${type} ${text(block['name']) ?? ''}` : type;
    emit({ fact: 'entry', key: blockKey(message, words + (text(block['id']) ?? '')), kind: 'note', place, text: words });
  }
}

const blockKey = (message: string, words: string): string =>
  `${message}#${createHash('sha1').update(words).digest('hex').slice(0, 10)}`;

/** What the state may hold of an input: the fields that its result is read with, not contents of files. */
function smallInput(name: string, input: Json): Json {
  if (name === 'Agent' || name === 'Task') return pick(input, ['prompt', 'description', 'subagent_type', 'model']);
  if (name === 'Bash') return pick(input, ['command']);
  if (name === 'AskUserQuestion') return pick(input, ['questions']);
  return pick(input, ['file_path', 'notebook_path']);
}

function pick(input: Json, names: readonly string[]): Json {
  const out: Json = {};
  for (const name of names) {
    const value = input[name];
    if (value !== undefined && JSON.stringify(value).length <= 8192) out[name] = value;
  }
  return out;
}

/** Calls that say something beyond themselves: skills, todo lists, plans. */
function readIntent(id: string, name: string, input: Json, place: Place, emit: Reading['emit']): void {
  if (name === 'Skill') {
    const skill = text(input['skill']) ?? text(input['command']) ?? '';
    emit({ fact: 'entry', key: `${id}|skill`, kind: 'skill', place, text: skill, detail: { args: text(input['args']) } });
  } else if (name === 'TodoWrite') {
    const items = list(input['todos']).flatMap((item) => (isObject(item) ? [{ status: text(item['status']) ?? '', content: text(item['content']) ?? '' }] : []));
    emit({ fact: 'entry', key: `${id}|todo`, kind: 'todo', place, text: items.map((item) => `${item.status}: ${item.content}`).join('\n'), detail: { items } });
  } else if (name === 'TaskCreate' || name === 'TaskUpdate') {
    const words = name === 'TaskCreate' ? `created: ${text(input['subject']) ?? ''}` : `${text(input['taskId']) ?? ''} ${text(input['status']) ?? 'updated'}`;
    emit({ fact: 'entry', key: `${id}|todo`, kind: 'todo', place, text: words, detail: { task: pick(input, ['taskId', 'subject', 'description', 'status']) } });
  } else if (name === 'ExitPlanMode') {
    emit({ fact: 'entry', key: `${id}|plan`, kind: 'plan', place, text: text(input['plan']) ?? '' });
  }
}

function apiError(r: Json): unknown {
  if (r['isApiErrorMessage'] !== true) return undefined;
  return { status: r['apiErrorStatus'], type: r['apiErrorType'], error: r['error'] };
}
