// User records: prompts, results of tools, and what the client puts into the conversation itself.
import type { EntryKind, Place } from '../../model/index.ts';
import { readTaskEnd } from './background.ts';
import { readSkillText } from './intents.ts';
import { endedAgent, plain } from './markup.ts';
import { readResult } from './result.ts';
import { contentText, isObject, list, object, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import { beginSidechain, placeOf } from './state.ts';
import { oddity } from './reading.ts';
import type { Reading } from './reading.ts';

/** Texts that stand in user records but that nobody typed. */
const notPrompts = [
  '<local-command-stdout>',
  '<local-command-stderr>',
  '<local-command-caveat>',
  '<bash-stdout>',
  '<bash-stderr>',
  '<system-reminder>',
  '<user-memory-input>',
  'Caveat: The messages below were generated',
] as const;

export function readUser(reading: Reading): void {
  const { record, source, state } = reading;
  readUserRecord(reading, record.value, placeOf(record, source, state));
}

/** Also used for the copies of subagents' records that progress records hold. */
export function readUserRecord(reading: Reading, r: Json, place: Place): void {
  const content = object(r['message'])?.['content'];
  if (typeof content !== 'string' && !Array.isArray(content)) {
    oddity(reading, 'wrong-shape', 'user.message.content');
    return;
  }
  const results = list(content).filter(
    (block): block is Json => isObject(block) && block['type'] === 'tool_result',
  );
  for (const block of results) readResult(reading, r, block, place, results.length === 1);
  const uuid = text(r['uuid']) ?? `${place.session}:${place.pos}`;
  readMedia(reading, content, uuid, place);
  if (results.length === 0) readWords(reading, r, contentText(content), uuid, place);
}

function readWords(reading: Reading, r: Json, words: string, uuid: string, place: Place): void {
  const { emit, state } = reading;
  const isMain = place.run === place.session;
  const kind = isMain ? kindOf(r, words) : agentKind(r, words);
  if (words === '' && kind !== 'prompt') return;
  if (isMain && (kind === 'prompt' || kind === 'command' || kind === 'shell' || kind === 'notification'))
    state.turn = uuid;
  const turn = isMain ? state.turn : undefined;
  emit({
    fact: 'entry',
    key: uuid,
    kind,
    place: { ...place, turn },
    text: plain(kind, words),
    detail: kind === 'note' ? noteDetail(r) : undefined,
  });
  readTaskEnd(words, place, emit);
  const ended = kind === 'notification' ? endedAgent(words) : undefined;
  if (ended) emit({ fact: 'run', place, ...ended, endedAt: place.at });
  if (kind === 'note') readSkillText(reading, r, words, uuid, { ...place, turn });
  if (kind !== 'agent_prompt') return;
  emit({
    fact: 'run',
    run: place.run,
    place,
    startedAt: place.at,
    status: words.trim() === 'Warmup' ? 'warmup' : undefined,
    operation: place.run.startsWith('side-') ? beginSidechain(state, place.run, words) : undefined,
  });
}

/** What a user record of the main conversation is; the rules are in SOURCES.md, "Prompts". */
export function kindOf(r: Json, words: string): EntryKind {
  const start = words.trimStart();
  if (start.startsWith('[Request interrupted')) return 'interruption';
  if (r['isMeta'] === true || r['isCompactSummary'] === true) return 'note';
  if (start.startsWith('<task-notification>')) return 'notification';
  if (notPrompts.some((mark) => start.startsWith(mark))) return 'note';
  if (start.startsWith('<command-name>') || start.startsWith('<command-message>')) return 'command';
  if (start.startsWith('<bash-input>')) return 'shell';
  const origin = text(object(r['origin'])?.['kind']) ?? text(r['origin']);
  if ((origin !== undefined && origin !== 'human') || r['promptSource'] === 'system') return 'notification';
  return 'prompt';
}

function agentKind(r: Json, words: string): EntryKind {
  if (words.trimStart().startsWith('[Request interrupted')) return 'interruption';
  return r['parentUuid'] === null || r['parentUuid'] === undefined ? 'agent_prompt' : 'note';
}

const noteDetail = (r: Json): unknown =>
  r['isCompactSummary'] === true ? { compactSummary: true } : undefined;

/** Images and documents stay in the stream; the timeline shows their kind and size. */
function readMedia({ emit }: Reading, content: unknown, uuid: string, place: Place): void {
  let n = 0;
  for (const block of list(content).flatMap((one) => (isObject(one) ? [one, ...list(one['content'])] : []))) {
    const media = isObject(block) ? object(block['source']) : undefined;
    const data = text(media?.['data']);
    if (!isObject(block) || !media || data === undefined) continue;
    const type = text(media['media_type']) ?? text(block['type']) ?? 'data';
    const bytes = Math.floor((data.length * 3) / 4);
    emit({
      fact: 'entry',
      key: `${uuid}|media${n++}`,
      kind: 'attachment',
      place,
      text: `${type}, ${bytes} bytes`,
      detail: { type, bytes },
    });
  }
}
