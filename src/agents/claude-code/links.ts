// The records of a transcript as links of a chain: one file can hold several branches of a conversation, with nothing but
// `parentUuid` to tell them apart. A link is what must be known of a record to follow it, without what the record says.
import { turnKinds } from '../../model/index.ts';
import type { EntryKind } from '../../model/index.ts';
import { contentText, isObject, object, objects, text, time } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import { kindOf } from './user.ts';

export interface Link {
  readonly pos: number;
  readonly uuid: string;
  /** The record before it; of a compaction the one that it stands behind, though the chain ends there. */
  readonly parent: string | undefined;
  readonly endsChain: boolean;
  readonly type: string;
  /** Part of what a new session needs: the main conversation, and what was put before the model in it. */
  readonly isKept: boolean;
  /** Of assistant records: the API response. */
  readonly message: string | undefined;
  readonly calls: readonly string[];
  readonly results: readonly string[];
  /** `prompt` waits for an answer; `settled` ends whatever was waited for; `other` does neither. */
  readonly role: 'prompt' | 'settled' | 'other';
  readonly at: number;
  readonly line: Buffer;
}

export interface Links {
  readonly links: readonly Link[];
  /** Offsets of the lines that cannot be read. */
  readonly unread: readonly number[];
}

const newline = 0x0a;
const keptTypes: ReadonlySet<string> = new Set(['user', 'assistant', 'system', 'attachment']);

/** Links in the order of the content. Of a record that was written again, as in a file that was rewritten, the first. */
export function readLinks(content: Buffer): Links {
  const links: Link[] = [];
  const unread: number[] = [];
  const seen = new Set<string>();
  for (let pos = 0; pos < content.length;) {
    const end = content.indexOf(newline, pos) + 1 || content.length;
    const line = content.subarray(pos, end);
    const value = parse(line);
    if (!value) unread.push(pos);
    const link = value && linkOf(value, pos, line);
    if (link && !seen.has(link.uuid)) {
      seen.add(link.uuid);
      links.push(link);
    }
    pos = end;
  }
  return { links, unread };
}

/** Undefined where the line is no object, or longer than a string can be. */
export function parse(line: Buffer): Json | undefined {
  try {
    return object(JSON.parse(line.toString()));
  } catch {
    return undefined;
  }
}

function linkOf(r: Json, pos: number, line: Buffer): Link | undefined {
  const uuid = text(r['uuid']);
  const type = text(r['type']);
  if (uuid === undefined || type === undefined) return undefined;
  const message = object(r['message']);
  const blocks = objects(message?.['content']);
  const ids = (kind: string, field: string): string[] =>
    blocks.flatMap((block) => (block['type'] === kind ? (text(block[field]) ?? []) : []));
  const results = type === 'user' ? ids('tool_result', 'tool_use_id') : [];
  const parent = text(r['parentUuid']);
  return {
    pos,
    uuid,
    parent: parent ?? text(r['logicalParentUuid']),
    endsChain: parent === undefined,
    type,
    isKept: keptTypes.has(type) && r['isSidechain'] !== true,
    message: type === 'assistant' ? text(message?.['id']) : undefined,
    calls: type === 'assistant' ? ids('tool_use', 'id') : [],
    results,
    role: roleOf(r, type, results.length > 0),
    at: time(r['timestamp']) ?? 0,
    line,
  };
}

function roleOf(r: Json, type: string, hasResults: boolean): Link['role'] {
  if (type === 'assistant') return 'settled';
  if (type === 'system') return r['subtype'] === 'local_command' ? 'settled' : 'other';
  if (type !== 'user' || hasResults || !isObject(r['message'])) return 'other';
  const kind: EntryKind = kindOf(r, contentText(r['message']['content']));
  if ((turnKinds as readonly EntryKind[]).includes(kind)) return 'prompt';
  // What the client adds of its own accord comes between a prompt and its answer.
  return r['isMeta'] === true ? 'other' : 'settled';
}
