// Assistant records: one content block each, with the usage of the API response that it came in.
import type { Place, Rank } from '../../model/index.ts';
import { noTokens } from '../../model/index.ts';
import { readProposal } from './intents.ts';
import { readAsk } from '../shared/asks.ts';
import { contentText, hashOf, isObject, list, object, pick, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import { openCall, placeOf } from './state.ts';
import type { ReaderState } from './state.ts';
import { asks, descriptionOf, targetOf, typeOf } from './tools.ts';
import { oddity } from './reading.ts';
import type { Reading } from './reading.ts';
import { outputIsFinal, tokensOf } from './usage.ts';

/** What a call's result is read with: fields of its input. Contents of files are not remembered. */
const kept: Readonly<Record<string, readonly string[]>> = {
  Agent: ['description', 'subagent_type'],
  AskUserQuestion: ['questions'],
  Bash: ['command'],
  NotebookEdit: ['notebook_path'],
  Skill: ['skill', 'command', 'args'],
  Task: ['description', 'subagent_type'],
  TaskCreate: ['subject', 'description'],
  TaskUpdate: ['taskId', 'subject', 'status'],
  TodoWrite: ['todos'],
};

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
  const outputFinal = !isEcho && usage !== undefined && outputIsFinal(state.version, stopReason);
  emit({
    fact: 'message',
    key,
    place,
    model,
    tokens: usage ? tokensOf(usage) : noTokens,
    outputFinal,
    stopReason,
    ...(usage?.['speed'] === 'fast' && { tier: 'fast' }),
    ...(!outputFinal && { outputChars: charsSoFar(state, key, message['content']) }),
  });
  if (!Array.isArray(message['content'])) oddity(reading, 'wrong-shape', 'assistant.message.content');
  for (const block of list(message['content'])) if (isObject(block)) readBlock(reading, key, block, place);
}

function readBlock({ emit, state }: Reading, message: string, block: Json, place: Place): void {
  const type = text(block['type']);
  if (type === 'text' || type === 'thinking') {
    const words = text(block[type]) ?? '';
    // Copies of old versions change every id but the message's, so a block's key is made of that and of its words.
    if (words)
      emit({
        fact: 'entry',
        key: blockKey(message, words),
        kind: type === 'text' ? 'answer' : 'thinking',
        place,
        text: words,
      });
  } else if (type === 'tool_use') {
    const id = text(block['id']);
    const name = text(block['name']) ?? '';
    const input = object(block['input']) ?? {};
    if (id === undefined) return;
    emit({
      fact: 'call',
      key: id,
      place,
      name,
      type: typeOf(name),
      target: targetOf(name, input),
      message,
      description: descriptionOf(name, input),
    });
    const fields = kept[name];
    const prompt = name === 'Agent' || name === 'Task' ? text(input['prompt']) : undefined;
    openCall(state, id, {
      name,
      ...(fields && { input: pick(input, fields) }),
      ...(prompt && { prompt: hashOf(prompt.trim()) }),
    });
    readProposal(id, name, input, place, emit);
    readAsk(asks, name, id, place, emit);
  } else if (type !== undefined) {
    const words = type.endsWith('tool_use') ? `${type} ${text(block['name']) ?? ''}` : type;
    emit({
      fact: 'entry',
      key: blockKey(message, words + (text(block['id']) ?? '')),
      kind: 'note',
      place,
      text: words,
    });
  }
}

/** Each line holds one block of its message. */
function charsSoFar(state: ReaderState, message: string, content: unknown): number {
  const before = state.written?.message === message ? state.written.chars : 0;
  const chars = before + list(content).reduce((n: number, block) => n + charsOf(block), 0);
  state.written = { message, chars };
  return chars;
}

function charsOf(block: unknown): number {
  if (!isObject(block)) return 0;
  const words = text(block['text']) ?? text(block['thinking']);
  if (words !== undefined) return words.length;
  return block['input'] === undefined ? 0 : JSON.stringify(block['input']).length;
}

const blockKey = (message: string, words: string): string => `${message}#${hashOf(words).slice(0, 10)}`;

function apiError(r: Json): unknown {
  if (r['isApiErrorMessage'] !== true) return undefined;
  return { status: r['apiErrorStatus'], type: r['apiErrorType'], error: r['error'] };
}
