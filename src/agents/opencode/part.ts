// Parts of messages: what was said, thought, called and changed.
import { hashOf, number, object, text } from '../shared/shapes.ts';
import { placeOfPart } from './part-place.ts';
import type { PartReading } from './part-place.ts';
import { readPatch } from './step.ts';
import { isMain, messageKey, oddity, rememberTurn, timeOf } from './state.ts';
import type { Reading } from './state.ts';
import { readTool } from './tool.ts';

/** The user ran a command himself: the answer to this is no model's. */
const shellWords = 'The following tool was executed by the user';

const readers: Readonly<Record<string, (reading: PartReading) => void>> = {
  text: readText,
  reasoning: readThinking,
  tool: readTool,
  file: readFile,
  patch: readPatch,
  compaction: readCompaction,
  subtask: readSubtask,
  retry: readRetry,
  // Nothing to tell: which agent was mentioned, and the states of the files before and after a step.
  agent: () => {},
  snapshot: () => {},
  'step-start': () => {},
  // Repeats the counts of its message.
  'step-finish': () => {},
};

export function readPart(reading: Reading): void {
  const value = reading.record.value;
  const part = object(value['part']);
  const message = object(value['message']);
  const type = text(part?.['type']);
  if (!part || !message || type === undefined) {
    oddity(reading, 'wrong-shape', 'part');
    return;
  }
  const reader = Object.hasOwn(readers, type) ? readers[type] : undefined;
  if (reader) reader({ ...reading, part, message, key: messageKey(reading, message) });
  else oddity(reading, 'unknown-type', `part ${type}`);
}

/** The same in a copy of the message, and while the words grow. */
function wordsKey({ key, part }: PartReading, words: string): string {
  const start = timeOf(object(part['time'])?.['start']);
  return `${key}#${text(part['type'])?.[0]}${start?.toString(36) ?? hashOf(words).slice(0, 10)}`;
}

function readText(reading: PartReading): void {
  const { part, message, emit } = reading;
  const words = text(part['text']) ?? '';
  if (message['role'] === 'user') {
    readPrompt(reading, words);
    return;
  }
  if (words === '') return;
  const isSummary = message['summary'] === true;
  emit({
    fact: 'entry',
    key: wordsKey(reading, words),
    kind: isSummary || part['synthetic'] === true ? 'note' : 'answer',
    place: placeOfPart(reading),
    text: words,
    ...(isSummary && { detail: { compactSummary: true } }),
  });
}

function readPrompt(reading: PartReading, words: string): void {
  const { part, message, key, source, emit } = reading;
  const isShell = part['synthetic'] === true && words === shellWords;
  if ((part['synthetic'] === true || part['ignored'] === true) && !isShell) {
    rememberTurn(reading, message, undefined);
    if (words)
      emit({
        fact: 'entry',
        key: wordsKey(reading, words),
        kind: 'note',
        place: placeOfPart(reading),
        text: words,
      });
    return;
  }
  if (isMain(source)) {
    rememberTurn(reading, message, key);
    const place = { ...placeOfPart(reading), turn: key };
    emit({ fact: 'entry', key, kind: isShell ? 'shell' : 'prompt', place, text: isShell ? '' : words });
    return;
  }
  const place = placeOfPart(reading);
  emit({ fact: 'entry', key, kind: 'agent_prompt', place, text: words });
}

function readThinking(reading: PartReading): void {
  const words = text(reading.part['text']) ?? '';
  if (words === '') return;
  const place = placeOfPart(reading);
  reading.emit({ fact: 'entry', key: wordsKey(reading, words), kind: 'thinking', place, text: words });
}

/** Files stay in the stream; the timeline shows their kind and name. */
function readFile(reading: PartReading): void {
  const { part, key, message, emit } = reading;
  if (message['role'] === 'user') rememberTurn(reading, message, undefined);
  const url = text(part['url']) ?? '';
  const name = text(part['filename']) ?? (url.startsWith('data:') ? '' : url);
  const type = text(part['mime']) ?? 'data';
  emit({
    fact: 'entry',
    key: `${key}|media${hashOf(`${name} ${url}`).slice(0, 10)}`,
    kind: 'attachment',
    place: placeOfPart(reading),
    text: [type, name].filter(Boolean).join(', '),
    detail: { type, ...(url.startsWith('data:') && { bytes: Math.floor((url.length * 3) / 4) }) },
  });
}

function readCompaction(reading: PartReading): void {
  const { part, key, message, emit } = reading;
  rememberTurn(reading, message, undefined);
  emit({
    fact: 'entry',
    key: `${key}|compaction`,
    kind: 'compaction',
    place: placeOfPart(reading),
    text: 'Conversation compacted',
    detail: { trigger: part['auto'] === false ? 'manual' : 'auto' },
  });
}

/** A slash command that a subagent is to carry out. */
function readSubtask(reading: PartReading): void {
  const { part, key, message, source, emit } = reading;
  const command = text(part['command']);
  const words = [command === undefined ? undefined : `/${command}`, text(part['description'])];
  if (isMain(source)) rememberTurn(reading, message, key);
  const place = placeOfPart(reading);
  emit({
    fact: 'entry',
    key,
    kind: isMain(source) ? 'command' : 'agent_prompt',
    place: isMain(source) ? { ...place, turn: key } : place,
    text: words.filter(Boolean).join(' ') || (text(part['prompt']) ?? ''),
  });
}

function readRetry(reading: PartReading): void {
  const { part, key, emit } = reading;
  const error = object(part['error']);
  const data = object(error?.['data']);
  const attempt = number(part['attempt']);
  emit({
    fact: 'entry',
    key: `${key}|retry${attempt ?? ''}`,
    kind: 'retry',
    place: placeOfPart(reading, timeOf(object(part['time'])?.['created'])),
    text: text(data?.['message']) ?? text(error?.['name']) ?? 'API error',
    detail: { status: number(data?.['statusCode']), attempt },
  });
}
