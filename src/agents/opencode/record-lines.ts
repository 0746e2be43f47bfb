// The lines that clew makes of a session of OpenCode, whichever of its three forms it is in: database, JSON storage,
// export. A line holds one object as OpenCode wrote it. With a part goes what it cannot be understood without of its
// message, so that a part that changed need not be told together with its message.
//
//   {"type":"session","info":{…}}
//   {"type":"message","id":"msg_…","info":{…}}
//   {"type":"part","id":"prt_…","message":{"id","role","created","parentID","summary"},"part":{…}}
import { isObject, object, objects } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';

export const sessionLine = (info: Json): string =>
  JSON.stringify({ type: 'session', info: info['summary'] === undefined ? info : withoutPatches(info) });

export const messageLine = (id: unknown, info: unknown): string =>
  JSON.stringify({ type: 'message', id, info: isObject(info) ? withoutPatches(info) : info });

/** `part` is JSON already. */
export const partLine = (id: unknown, message: unknown, part: string): string =>
  `{"type":"part","id":${JSON.stringify(id ?? null)},"message":${JSON.stringify(message)},"part":${part}}`;

/** What the reader of a part must know of its message. */
export function briefOf(id: unknown, info: unknown): Json {
  const message = object(info);
  return {
    id,
    role: message?.['role'],
    created: object(message?.['time'])?.['created'],
    parentID: message?.['parentID'],
    summary: message?.['summary'] === true ? true : undefined,
  };
}

/** A line for each part of a session in the form of an export: `{info, messages: [{info, parts}]}`. */
export function* exportLines(exported: Json): Generator<string, void> {
  const info = object(exported['info']);
  if (info) yield sessionLine(info);
  for (const message of objects(exported['messages'])) {
    const told = object(message['info']);
    const id = told?.['id'];
    yield messageLine(id, told);
    const brief = briefOf(id, told);
    for (const part of objects(message['parts'])) yield partLine(part['id'], brief, JSON.stringify(part));
  }
}

/**
 * A prompt's message is given the diffs of all files since the prompt, anew after every step (up to 1.2.20 with their
 * whole contents). The steps tell the same, so of these only names and counts are kept.
 */
function withoutPatches(info: Json): Json {
  const summary = object(info['summary']);
  if (!summary || !Array.isArray(summary['diffs'])) return info;
  const diffs = summary['diffs'].map((one: unknown) => {
    if (!isObject(one)) return one;
    const { patch: _patch, before: _before, after: _after, ...rest } = one;
    return rest;
  });
  return { ...info, summary: { ...summary, diffs } };
}
