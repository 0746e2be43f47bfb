// A conversation of the golden session cut at a moment, as the export that OpenCode is to import.
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CutPoint } from '../../model/index.ts';
import { read } from './documents.ts';
import { openCode } from './index.ts';

const root = { path: path.join(import.meta.dirname, 'golden', '1.18.33'), machine: 'm', origin: 'test' };
const source = [...openCode.discover(root, () => {})].find((one) => one.path.endsWith('export.json'))!;
const lines = [...read(source, 0)];
const content = Buffer.from(lines.map((line) => `${line}\n`).join(''));
const positions = lines.map((_, i) =>
  Buffer.byteLength(
    lines
      .slice(0, i)
      .map((line) => `${line}\n`)
      .join(''),
  ),
);
const conversation = openCode.conversation!;
const session = conversation.newSession!(1_790_000_000_000);

interface Told {
  readonly type: string;
  readonly info?: object;
  readonly message?: { readonly id: string };
  readonly part?: { readonly type?: string; readonly state?: { readonly time?: object } };
}
interface Exported {
  info: { id: string; cost: number; parentID?: string };
  messages: {
    info: { id: string; sessionID: string; role: string; parentID?: string; time: { completed: number } };
    parts: { id: string; messageID: string; sessionID: string; text?: string; callID?: string }[];
  }[];
}
const cut = (point: CutPoint) => {
  const made = conversation.cut(content, point, session, '/f');
  return { ...made, value: JSON.parse(made.content.toString()) as Exported };
};
const find = (words: string): number => positions[lines.findIndex((line) => line.includes(words))]!;
const words = (value: Exported): string => JSON.stringify(value);

test('an id of a session is of the form of OpenCode’s own, and later ones sort first', () => {
  expect(session).toMatch(/^ses_[0-9a-f]{26}$/);
  expect(conversation.newSession!(1_790_000_000_001) < session).toBe(true);
});

describe('a cut', () => {
  test('before the second prompt holds the first turn and nothing else', () => {
    const { value, records } = cut({ before: find('Second prompt') });
    expect(words(value)).toContain('All done.');
    expect(words(value)).not.toContain('Second prompt');
    expect(records).toBe(value.messages.length);
    expect(records).toBe(11);
  });

  test('after a call holds its whole step with the result', () => {
    const { value } = cut({ after: find('"tool":"edit"') });
    expect(value.messages.at(-1)?.parts.some((part) => part.callID !== undefined)).toBe(true);
    expect(words(value)).toContain('Edit applied successfully.');
    expect(words(value)).not.toContain('oops');
  });

  test('at a time holds what was over by then', () => {
    const whole = cut({ at: Infinity }).value;
    const second = whole.messages[2]!.info.time.completed;
    expect(cut({ at: second }).value.messages).toHaveLength(3);
    expect(cut({ at: second - 1 }).value.messages).toHaveLength(2);
  });

  test('gives every message and part a new id of the same order, and the same ones each time', () => {
    const { value } = cut({ at: Infinity });
    const ids = value.messages.flatMap((one) => [one.info.id, ...one.parts.map((part) => part.id)]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => content.includes(id))).toEqual([]);
    expect(value.messages.map((one) => one.info.id)).toEqual(
      value.messages.map((one) => one.info.id).toSorted(),
    );
    for (const { info, parts } of value.messages) {
      expect(info.sessionID).toBe(session);
      for (const part of parts) expect([part.messageID, part.sessionID]).toEqual([info.id, session]);
      expect(ids).toContain(info.parentID ?? info.id);
    }
    expect([value.info.id, value.info.cost]).toEqual([session, 0]);
    expect(cut({ at: Infinity }).value).toEqual(value);
  });

  test('holds messages that are known as copies of the original’s', () => {
    const keys = (records: readonly string[]): Set<string> => {
      const found = new Set<string>();
      const reader = openCode.reader(source, undefined);
      for (const record of records)
        reader.read({ value: JSON.parse(record), pos: 0, line: 1 }, (fact) => {
          if (fact.fact === 'message') found.add(fact.key);
        });
      return found;
    };
    const { info, messages } = cut({ at: Infinity }).value;
    const told = messages.map((one) => JSON.stringify({ type: 'message', id: one.info.id, info: one.info }));
    expect(keys([JSON.stringify({ type: 'session', info }), ...told])).toEqual(keys(lines));
  });

  test('gives results that were left out later, and not what was undone', () => {
    const told = lines.map((line) => JSON.parse(line) as Told);
    const second = told.findIndex((one) => JSON.stringify(one).includes('Second prompt'));
    const message = told[second]?.message?.id;
    const changed = told.map((one) => {
      const { state, type } = one.part ?? {};
      if (type === 'tool' && state)
        return {
          ...one,
          part: { ...one.part, state: { ...state, time: { ...state.time, compacted: 9e12 } } },
        };
      if (one.info && one.type === 'session')
        return { ...one, info: { ...one.info, revert: { messageID: message } } };
      return one;
    });
    const stream = Buffer.from(changed.map((one) => `${JSON.stringify(one)}\n`).join(''));
    const textAt = (point: CutPoint): string =>
      conversation.cut(stream, point, session, '/f').content.toString();
    const before = stream.indexOf('Second prompt');
    const pos = stream.lastIndexOf('\n', before) + 1;
    expect(textAt({ before: pos })).not.toContain('"compacted"');
    expect(textAt({ at: Infinity })).toContain('"compacted"');
    expect(textAt({ at: Infinity })).not.toContain('Second prompt');
    expect(textAt({ at: Infinity })).toContain('All done.');
  });

  test('of nothing is refused', () => {
    expect(() => cut({ before: 0 })).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
    expect(() => cut({ at: 1 })).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
  });
});

test('the command imports the file in the new folder, and goes on with the session', () => {
  const place = conversation.place({ clewHome: '/c' } as never, '/f', session);
  expect(conversation.command('/f', session, place)).toEqual([
    'sh',
    '-c',
    'opencode import "$0" && exec opencode --session "$1"',
    `/c/branches/opencode/${session}.json`,
    session,
  ]);
});
