// Messages of a chat: prompts, answers, and what the client tells its user.
import { noTokens, rank } from '../../model/index.ts';
import type { EntryKind, Place, Rank } from '../../model/index.ts';
import { isObject, list, object, objects, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import { findFolder, listedFolders } from './project-folder.ts';
import { oddity, placeOf } from './state.ts';
import type { Reading } from './state.ts';
import { tokensOf } from './tokens.ts';
import { readToolCall } from './tool-calls.ts';

/** The model's part in a history that was compressed; the client wrote it. */
const notSaid = 'Got it. Thanks for the additional context!';

const readers: Readonly<Record<string, (reading: Reading, message: Json, how: Rank) => void>> = {
  user: readUser,
  gemini: readAnswer,
  info: readNotice,
  warning: readNotice,
  error: readNotice,
};

/** `how`: whether the message is written where it belongs, or the history is said again. */
export function readMessage(reading: Reading, message: Json, how: Rank): void {
  const type = text(message['type']) ?? 'no type';
  const reader = readers[type];
  if (!reader) oddity(reading, 'unknown-type', type);
  // A repeat made when a session is resumed: the results of tools as a message of the user's.
  else if (!idOf(message).endsWith('_response')) reader(reading, message, how);
}

const idOf = (message: Json): string => text(message['id']) || 'no id';

function readUser(reading: Reading, message: Json, how: Rank): void {
  const { state, emit } = reading;
  const parts = list(message['content']);
  if (typeof message['content'] !== 'string' && parts.length === 0) {
    oddity(reading, 'wrong-shape', 'user.content');
    return;
  }
  // What tools gave back stands in the calls of the message before.
  if (parts.some((part) => object(part)?.['functionResponse'] !== undefined)) return;
  const said = textOf(message['content']);
  if (said.startsWith('<session_context>')) findFolder(reading, listedFolders(said));
  if (said.startsWith('<session_context>') || said.startsWith('<hook_context>')) return;
  const place = placeOf(reading, message, how);
  const isMain = place.run === place.session;
  const key = idOf(message);
  const kind = isMain ? kindOf(said) : 'agent_prompt';
  if (isMain && kind !== 'compaction') state.turn = key;
  // What was typed, where the client has put the files that it names behind it.
  const typed = textOf(message['displayContent']) || said;
  emit({
    fact: 'entry',
    key,
    kind,
    place: { ...place, turn: isMain ? state.turn : undefined },
    text: typed,
  });
}

function kindOf(said: string): EntryKind {
  if (said.startsWith('<state_snapshot>')) return 'compaction';
  // The client says this when the model stopped in the middle.
  if (said === 'System: Please continue.' || said === 'Please continue.') return 'notification';
  return /^\/[a-z]/i.test(said) ? 'command' : 'prompt';
}

function readAnswer(reading: Reading, message: Json, how: Rank): void {
  const { emit } = reading;
  const said = textOf(message['content']);
  const tokens = object(message['tokens']);
  if (said === notSaid && !tokens) return;
  // It is written before its tokens are known, and without them when a history is said again.
  const place = placeOf(reading, message, tokens ? how : rank.repeat);
  const key = idOf(message);
  const calls = objects(message['toolCalls']);
  emit({
    fact: 'message',
    key,
    place,
    model: text(message['model']),
    tokens: tokens ? tokensOf(tokens) : noTokens,
    outputFinal: tokens !== undefined,
    stopReason: undefined,
    ...(!tokens && { outputChars: said.length + charsOf(calls) }),
  });
  for (const [i, thought] of thoughtsOf(message).entries())
    emit({ fact: 'entry', key: `${key}|thinking${i}`, kind: 'thinking', place, text: thought });
  if (said !== '') emit({ fact: 'entry', key: `${key}|answer`, kind: 'answer', place, text: said });
  for (const call of calls) readToolCall(reading, call, key, place);
}

const charsOf = (calls: readonly Json[]): number =>
  calls.reduce((n, call) => n + (JSON.stringify(call['args']) ?? '').length, 0);

/** What the client shows to its user, and the model is not told. */
function readNotice({ ...reading }: Reading, message: Json, how: Rank): void {
  const place: Place = placeOf(reading, message, how);
  const said = textOf(message['content']);
  if (said === '') return;
  const isStop = said.trim() === 'Request cancelled.';
  const kind = message['type'] === 'error' ? 'api_error' : isStop ? 'interruption' : 'note';
  reading.emit({ fact: 'entry', key: idOf(message), kind, place, text: said });
}

/** As the client says them again, in parts: the subject in stars, then the rest. */
function thoughtsOf(message: Json): string[] {
  const told = objects(message['thoughts']).map(
    (one) => `**${text(one['subject']) ?? ''}** ${text(one['description']) ?? ''}`,
  );
  if (told.length > 0) return told;
  return objects(message['content']).flatMap((part) =>
    part['thought'] === true ? (text(part['text']) ?? []) : [],
  );
}

/** The text of a content, which is a string, a part, or a list of parts; thoughts are told apart. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return (isObject(content) ? [content] : objects(content))
    .map((part) => (part['thought'] === true ? '' : (text(part['text']) ?? '')))
    .join('');
}
