// Conversations cut at a moment: which records a new session gets, for what each version does with its chain of records.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ConversationCut, CutPoint } from '../../model/index.ts';
import { real } from '../../../test/support/real.ts';
import { conversation } from './conversation.ts';
import { assistant, call, result, user } from './fixture.ts';
import { discover } from './places.ts';
import type { Json } from '../shared/shapes.ts';

const fresh = '99999999-9999-4999-8999-999999999999';
const old = '11111111-1111-4111-8111-111111111111';

type Line = Json | string;

/** A record of the main conversation; its time is its number in seconds. */
const at = (n: number, parent: number | null, record: Json): Json => ({
  uuid: `u${n}`,
  parentUuid: parent === null ? null : `u${parent}`,
  isSidechain: false,
  sessionId: old,
  timestamp: new Date(n * 1000).toISOString(),
  ...record,
});
const say = (id: string, words: string): Json => assistant(id, [{ type: 'text', text: words }]);
const using = (message: string, id: string): Json =>
  assistant(message, [{ type: 'tool_use', id, name: 'Read', input: {} }]);

const contentOf = (lines: readonly Line[]): Buffer =>
  Buffer.from(lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));

/** Offset of the line with that record. */
function posOf(lines: readonly Line[], uuid: string): number {
  const index = lines.findIndex((line) => typeof line !== 'string' && line['uuid'] === uuid);
  return contentOf(lines.slice(0, index)).length;
}

const cutAt = (lines: readonly Line[], point: CutPoint): ConversationCut =>
  conversation.cut(contentOf(lines), point, fresh, '/w');

const recordsOf = (cut: ConversationCut): Json[] =>
  cut.content
    .toString()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Json);

/** `u2<u1` for each record kept. */
const chain = (cut: ConversationCut): string =>
  recordsOf(cut)
    .map((r) => `${r['uuid'] as string}<${(r['parentUuid'] as string | null) ?? '-'}`)
    .join(' ');

const before = (lines: readonly Line[], uuid: string): string =>
  chain(cutAt(lines, { before: posOf(lines, uuid) }));
const after = (lines: readonly Line[], uuid: string): string =>
  chain(cutAt(lines, { after: posOf(lines, uuid) }));
const until = (lines: readonly Line[], seconds: number): string =>
  chain(cutAt(lines, { at: seconds * 1000 }));

const simple: Json[] = [
  { type: 'mode', sessionId: old },
  at(1, null, user('one')),
  at(2, 1, { type: 'attachment', attachment: { type: 'date' } }),
  at(3, 2, using('m1', 't1')),
  at(4, 3, result('t1', 'read')),
  at(5, 4, say('m2', 'done')),
  at(6, 5, { type: 'system', subtype: 'turn_duration' }),
  { type: 'last-prompt', leafUuid: 'u5', sessionId: old },
  at(7, 6, { type: 'attachment', attachment: { type: 'edited_text_file' } }),
  at(8, 7, user('two')),
  at(9, 8, say('m3', 'again')),
];

test('the end of a turn: the conversation alone, under the new id, with its ids kept', () => {
  const cut = cutAt(simple, { before: posOf(simple, 'u8') });
  expect(chain(cut)).toBe('u1<- u2<u1 u3<u2 u4<u3 u5<u4 u6<u5');
  expect(cut.last).toEqual({ pos: posOf(simple, 'u6'), at: 6000 });
  expect(cut.records).toBe(6);
  const records = recordsOf(cut);
  expect(new Set(records.map((r) => r['sessionId']))).toEqual(new Set([fresh]));
  expect(records[2]).toEqual({ ...simple[3], sessionId: fresh, requestSessionId: old });
  expect(records[0]).toEqual({ ...simple[1], sessionId: fresh });
});

test('the whole of it, where nothing follows', () => {
  expect(chain(cutAt(simple, { before: contentOf(simple).length }))).toMatch(/u9<u8$/);
});

test('behind a record: with the rest of its response and the results of its calls', () => {
  const lines = [
    at(1, null, user('one')),
    at(2, 1, assistant('m1', [{ type: 'thinking', thinking: 'hm', signature: 's' }])),
    at(3, 2, using('m1', 't1')),
    at(4, 3, result('t1', 'read')),
    at(5, 4, say('m2', 'done')),
  ];
  expect(after(lines, 'u2')).toBe('u1<- u2<u1 u3<u2 u4<u3');
  expect(after(lines, 'u3')).toBe('u1<- u2<u1 u3<u2 u4<u3');
  expect(after(lines, 'u4')).toBe('u1<- u2<u1 u3<u2 u4<u3');
  expect(after(lines, 'u1')).toBe('u1<-');
  expect(after(lines, 'u5')).toMatch(/u5<u4$/);
});

test('behind a call that was never answered: as it was, without what came later', () => {
  const lines = [
    at(1, null, user('one')),
    at(2, 1, using('m1', 't1')),
    at(3, 2, user('two')),
    at(4, 3, say('m2', 'ok')),
  ];
  expect(after(lines, 'u2')).toBe('u1<- u2<u1');
});

test('a time: the last moment until then at which nothing was half told', () => {
  expect(until(simple, 9)).toMatch(/u9<u8$/);
  expect(until(simple, 8)).toMatch(/u6<u5$/); // the prompt waits for its answer
  expect(until(simple, 5.5)).toMatch(/u5<u4$/);
  expect(until(simple, 4)).toMatch(/u4<u3$/);
  expect(() => until(simple, 3)).toThrow(/nothing had been said and answered/); // a call without its result
});

test('a time: what the conversation went on without is not waited for', () => {
  const lines = [
    at(1, null, user('one')),
    at(2, 1, using('m1', 't1')),
    at(3, 2, user('[Request interrupted by user]')),
    at(4, 3, user('<command-name>/model</command-name>')),
    at(5, 4, user('<local-command-stdout>set</local-command-stdout>')),
  ];
  expect(() => until(lines, 2)).toThrow(/nothing had been said/);
  expect(until(lines, 5)).toMatch(/u5<u4$/);
  expect(until(lines, 4)).not.toMatch(/u4/);
});

describe('calls made side by side', () => {
  const text = at(2, 1, say('m1', 'both'));
  const calls = [at(3, 2, using('m1', 't1')), at(4, 3, using('m1', 't2'))];
  const whole = 'u3<u2 u4<u3';
  test.each([
    ['to 1.0.128, in a row', [at(5, 4, result('t1', 'a')), at(6, 5, result('t2', 'b'))], 6, 'u5<u4 u6<u5'],
    [
      'from 2.0.77, each at its call',
      [at(5, 3, result('t1', 'a')), at(6, 4, result('t2', 'b'))],
      6,
      'u5<u3 u6<u4',
    ],
    ['the last call first', [at(5, 4, result('t2', 'b')), at(6, 3, result('t1', 'a'))], 6, 'u5<u4 u6<u3'],
  ])('%s', (_, results, last, kept) => {
    const lines = [
      at(1, null, user('one')),
      text,
      ...calls,
      ...results,
      at(7, last, say('m2', 'done')),
      at(8, 7, user('two')),
    ];
    expect(before(lines, 'u8')).toBe(`u1<- u2<u1 ${whole} ${kept} u7<u${last}`);
    expect(after(lines, 'u3')).toBe(`u1<- u2<u1 ${whole} ${kept}`);
    expect(() => until(lines, 5)).toThrow(/nothing had been said/); // one of two is told
  });

  test('what a hook had to say of a result beside the chain stays with it', () => {
    const lines = [
      at(1, null, user('one')),
      at(3, 1, using('m1', 't1')),
      at(4, 3, using('m1', 't2')),
      at(5, 3, result('t1', 'a')),
      at(6, 5, { type: 'attachment', attachment: { type: 'hook_success' } }),
      at(7, 4, result('t2', 'b')),
      at(8, 7, say('m2', 'done')),
    ];
    expect(after(lines, 'u8')).toBe('u1<- u3<u1 u4<u3 u5<u3 u6<u5 u7<u4 u8<u7');
  });
});

test('/rewind: of several branches in one file the one that the moment is on', () => {
  const lines = [
    at(1, null, user('one')),
    at(2, 1, say('m1', 'first')),
    at(3, 2, user('abandoned')),
    at(4, 3, { type: 'attachment', attachment: { type: 'date' } }),
    at(5, 4, using('m2', 't1')),
    at(6, 5, result('t1', 'x')),
    at(7, 6, say('m3', 'gone')),
    at(8, 2, user('in its place')),
    at(9, 8, say('m4', 'stays')),
    at(10, 9, user('next')),
  ];
  expect(before(lines, 'u10')).toBe('u1<- u2<u1 u8<u2 u9<u8');
  expect(before(lines, 'u8')).toBe('u1<- u2<u1 u3<u2 u4<u3 u5<u4 u6<u5 u7<u6');
  expect(before(lines, 'u3')).toBe('u1<- u2<u1');
  expect(until(lines, 9)).toBe('u1<- u2<u1 u8<u2 u9<u8');
});

test('a compaction: what stood before it stays, and the chain ends where it did', () => {
  const lines = [
    at(1, null, user('one')),
    at(2, 1, say('m1', 'first')),
    at(3, null, {
      type: 'system',
      subtype: 'compact_boundary',
      logicalParentUuid: 'u2',
      compactMetadata: {},
    }),
    at(4, 3, user('summary', { isCompactSummary: true })),
    at(5, 4, user('two')),
    at(6, 5, say('m2', 'second')),
    at(7, 6, user('three')),
  ];
  const unwritten = lines.map((line) =>
    'logicalParentUuid' in line ? { ...line, logicalParentUuid: 'x' } : line,
  );
  expect(before(unwritten, 'u7')).toBe(before(lines, 'u7'));
  expect(before(lines, 'u7')).toBe('u1<- u2<u1 u3<- u4<u3 u5<u4 u6<u5');
  expect(before(lines, 'u5')).toBe('u1<- u2<u1 u3<- u4<u3');
  expect(until(lines, 4)).toMatch(/u4<u3$/);
});

test('inline side chains of 1.0.x are left out', () => {
  const side = (n: number, parent: number | null, record: Json): Json =>
    at(n, parent, { ...record, isSidechain: true });
  const lines = [
    at(1, null, user('one')),
    at(2, 1, call('t1', 'Task', { prompt: 'look' })),
    side(3, null, user('look')),
    side(4, 3, using('m2', 't2')),
    side(5, 4, result('t2', 'x')),
    at(6, 2, result('t1', 'seen')),
    at(7, 6, say('m3', 'done')),
  ];
  expect(after(lines, 'u7')).toBe('u1<- u2<u1 u6<u2 u7<u6');
  expect(after(lines, 'u2')).toBe('u1<- u2<u1 u6<u2');
  expect(() => until(lines, 5)).toThrow(/nothing had been said/);
});

test('progress records of 2.1.12 to 2.1.81 stand in the chain, and are passed over', () => {
  const lines = [
    at(1, null, { type: 'progress', data: { type: 'hook_progress' } }),
    at(2, 1, user('one')),
    at(3, 2, using('m1', 't1')),
    at(4, 3, { type: 'progress', data: { type: 'bash_progress' } }),
    at(5, 4, result('t1', 'x')),
    at(6, 5, say('m2', 'done')),
  ];
  expect(after(lines, 'u6')).toBe('u2<- u3<u2 u5<u3 u6<u5');
});

test('2.0.77 leaves the original’s id in what a fork copied: that is where the requests were made', () => {
  const lines = [
    at(1, null, user('one')),
    at(2, 1, { ...say('m1', 'copied'), sessionId: 'origin' }),
    at(3, 2, user('two')),
    at(4, 3, { ...say('m2', 'own'), requestSessionId: 'elsewhere' }),
  ];
  const records = recordsOf(cutAt(lines, { after: posOf(lines, 'u4') }));
  expect(records.map((r) => [r['sessionId'], r['requestSessionId']])).toEqual([
    [fresh, undefined],
    [fresh, 'origin'],
    [fresh, undefined],
    [fresh, 'elsewhere'],
  ]);
});

test('a file that was rewritten: records told again count once, as they were first told', () => {
  const lines = [
    at(1, null, user('one')),
    at(2, 1, say('m1', 'first')),
    at(3, 2, user('two')),
    // Another generation of the file: the second prompt is gone, and the others are written otherwise.
    at(1, null, user('one', { version: '2' })),
    at(2, 1, { ...say('m1', 'first'), version: '2' }),
    at(4, 2, user('instead')),
    at(5, 4, say('m2', 'answer')),
  ];
  expect(after(lines, 'u5')).toBe('u1<- u2<u1 u4<u2 u5<u4');
  expect(before(lines, 'u4')).toBe('u1<- u2<u1 u3<u2');
});

test('lines that cannot be read are an error only where the conversation hangs on them', () => {
  const lines = [
    at(1, null, user('one')),
    '{"torn',
    at(2, 1, say('m1', 'first')),
    '[1]',
    at(4, 3, user('two')),
  ];
  expect(after(lines, 'u2')).toBe('u1<- u2<u1');
  expect(() => after(lines, 'u4')).toThrow(expect.objectContaining({ code: 'UNREADABLE' }));
});

test('a parent that was never written: the record before takes its place', () => {
  const lines = [
    at(1, null, user('one')),
    at(2, 1, say('m1', 'first')),
    at(4, 3, user('two')),
    at(5, 4, say('m2', 'x')),
  ];
  expect(after(lines, 'u5')).toBe('u1<- u2<u1 u4<u2 u5<u4');
});

test('records that lead back to themselves end', () => {
  const lines = [at(1, 2, user('one')), at(2, 1, say('m1', 'first'))];
  expect(after(lines, 'u2')).toMatch(/u2/);
});

test('nothing to cut is an error', () => {
  expect(() => cutAt([], { before: 0 })).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
  expect(() => cutAt([{ type: 'summary', summary: 's', leafUuid: 'x' }], { at: 1e15 })).toThrow(/nothing/);
});

describe('place', () => {
  function folders(): { context: Parameters<typeof conversation.place>[0]; base: string } {
    const base = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'clew-place-')));
    onTestFinished(() => rmSync(base, { recursive: true, force: true }));
    const context = { env: {}, home: '/home/u', clewHome: '/c', cwd: base, machine: 'm', now: Date.now };
    return { context, base };
  }

  test('the real path, with all but letters and digits replaced', () => {
    const { context, base } = folders();
    mkdirSync(path.join(base, 'a b.c_d-é(x)'));
    symlinkSync(path.join(base, 'a b.c_d-é(x)'), path.join(base, 'link'));
    const slug = `${base.replaceAll(/[^A-Za-z0-9]/g, '-')}-a-b-c-d---x-`;
    expect(conversation.place(context, 'link', fresh)).toBe(
      `/home/u/.claude/projects/${slug}/${fresh}.jsonl`,
    );
  });

  test('the config folder that is set', () => {
    const { context, base } = folders();
    const inFolder = { ...context, env: { CLAUDE_CONFIG_DIR: 'conf, other' } };
    expect(conversation.place(inFolder, '.', fresh)).toMatch(`${base}/conf/projects/`);
  });

  test('a path that is too long is refused', () => {
    const { context, base } = folders();
    const long = path.join(base, 'x'.repeat(100), 'y'.repeat(100));
    mkdirSync(long, { recursive: true });
    expect(() => conversation.place(context, long, fresh)).toThrow(/too long a path/);
  });

  test('the command', () => {
    expect(conversation.command('/x', fresh, '')).toEqual(['claude', '--resume', fresh]);
  });
});

test.skipIf(!real.isThere)(
  'real transcripts: every prompt is a place to cut at, and each cut holds together',
  () => {
    const root = { path: real.home, machine: 'm', origin: 'test' };
    let cuts = 0;
    for (const source of discover(root, () => {})) {
      if (source.kind !== 'transcript' || !existsSync(source.path)) continue;
      const content = readFileSync(source.path);
      if (content.length > 2 << 20) continue;
      for (const pos of promptsOf(content).slice(1, 6)) {
        const cut = conversation.cut(content, { before: pos }, fresh, '/w');
        const records = recordsOf(cut);
        const ids = new Set(records.map((r) => r['uuid']));
        const loose = records.filter((r) => r['parentUuid'] !== null && !ids.has(r['parentUuid']));
        expect([source.path, loose.map((r) => r['uuid'])]).toEqual([source.path, []]);
        const inFirst = conversation.cut(cut.content, { before: cut.content.length }, fresh, '/w');
        expect(inFirst.content.equals(cut.content)).toBe(true);
        cuts++;
      }
    }
    expect(cuts).toBeGreaterThan(100);
  },
);

/** Offsets of the prompts that somebody typed. */
function promptsOf(content: Buffer): number[] {
  const found: number[] = [];
  for (let pos = 0; pos < content.length; pos = content.indexOf('\n', pos) + 1 || content.length) {
    const line = content.toString('utf8', pos, content.indexOf('\n', pos) + 1 || content.length);
    if (
      line.includes('"type":"user"') &&
      /"content":"[^<]/.test(line) &&
      !line.includes('"isSidechain":true')
    )
      found.push(pos);
  }
  return found;
}
