// Bad input is reported, not fatal; what is good beside it is taken in; nothing that was kept is lost.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { ClewError } from '../src/index.ts';
import type { Clew } from '../src/index.ts';
import { readFrames } from '../src/stream/index.ts';
import { testHome } from './support/home.ts';
import type { TestHome } from './support/home.ts';
import { onSmallDisk } from './support/small-disk.ts';
import { tablesOf } from './support/tables.ts';

const id = '33333333-3333-4333-8333-333333333333';
const file = `p/${id}.jsonl`;

const prompt = (words: string, n = 0): Record<string, unknown> => ({
  type: 'user',
  uuid: `u${n}-${words}`,
  parentUuid: null,
  sessionId: id,
  cwd: '/work',
  version: '2.1.329',
  timestamp: new Date(Date.UTC(2026, 9, 1, 12, 0, n)).toISOString(),
  message: { role: 'user', content: words },
});

const answer = (usage: unknown, more: object = {}): Record<string, unknown> => ({
  ...prompt('', 5),
  type: 'assistant',
  uuid: 'a1',
  message: {
    id: 'msg_1',
    model: 'claude-opus-5',
    role: 'assistant',
    content: [{ type: 'text', text: 'Done.' }],
    stop_reason: 'end_turn',
    usage,
    ...more,
  },
});

async function imported(home: TestHome): Promise<Clew> {
  const clew = home.open();
  await clew.import();
  return clew;
}

const hasZstd = spawnSync('zstd', ['--version']).status === 0;

const texts = (clew: Clew): string[] => clew.timeline(id).entries.map((entry) => entry.text);

const streamsBelow = (home: TestHome): string[] =>
  readdirSync(path.join(home.context.clewHome, 'streams'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.zst'))
    .map((name) => path.join(home.context.clewHome, 'streams', name));

/** What the only stream holds. */
function kept(home: TestHome): Buffer {
  const parts: Buffer[] = [];
  for (const frame of readFrames(streamsBelow(home)[0] ?? '')) parts.push(frame.content());
  return Buffer.concat(parts);
}

describe('a transcript with', () => {
  test('lines that are no JSON, no objects, or torn: the others count, doctor names the first', async () => {
    const home = testHome();
    home.write(file, [
      prompt('one', 1),
      '{"type":"user","mess',
      '[1,2,3]',
      '"text"',
      'null',
      '',
      prompt('two', 2),
    ]);
    const clew = await imported(home);
    expect(texts(clew)).toEqual(['one', 'two']);
    const { oddities, checks } = await clew.doctor();
    expect(oddities).toMatchObject([
      { kind: 'bad-line', count: 4, line: 2, path: path.join(home.projects, file) },
    ]);
    expect(checks.find((check) => check.name === 'records')).toMatchObject({ ok: 'warn' });
    expect(kept(home).toString()).toContain('{"type":"user","mess\n[1,2,3]\n"text"\nnull\n\n');
  });

  test('bytes that are no UTF-8, and NULs: kept byte for byte', async () => {
    const home = testHome();
    const place = home.write(file, [prompt('one', 1)]);
    const bad = Buffer.concat([
      Buffer.from(JSON.stringify(prompt('two', 2)).replace('o"}}', '')),
      Buffer.from([0xff, 0xfe, 0x80]),
      Buffer.from('o"}}\n\0\0\0\n'),
    ]);
    writeFileSync(
      place,
      Buffer.concat([readFileSync(place), bad, Buffer.from(`${JSON.stringify(prompt('three', 3))}\n`)]),
    );
    const clew = await imported(home);
    expect(texts(clew)).toEqual(['one', 'tw\ufffd\ufffd\ufffdo', 'three']);
    expect(kept(home)).toEqual(readFileSync(place));
  });

  test('nesting a hundred thousand deep', async () => {
    const home = testHome();
    const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
    const call = JSON.stringify({
      ...answer({}),
      message: { id: 'm', content: [{ type: 'tool_use', id: 't1', name: 'Odd', input: 'DEEP' }] },
    }).replace('"DEEP"', deep);
    home.write(file, [prompt('one', 1), `{"type":"user","deep":${deep}}`, call, prompt('two', 2)]);
    expect(texts(await imported(home))).toEqual(expect.arrayContaining(['one', 'two']));
  });

  test('numbers as strings, negative ones, and fields of the wrong shape: no number is made up', async () => {
    const home = testHome();
    home.write(file, [
      answer({
        input_tokens: '12',
        output_tokens: -5,
        cache_read_input_tokens: null,
        cache_creation_input_tokens: '7x',
        cache_creation: [],
      }),
      { ...answer({}), uuid: 'a2', message: 'no object' },
      { ...prompt('x', 6), message: { content: 17 } },
      { type: 17 },
    ]);
    const clew = await imported(home);
    expect(clew.session(id).tokens).toEqual({
      input: 12,
      output: 0,
      cacheRead: 0,
      cacheWrite5m: 0,
      cacheWrite1h: 0,
    });
    expect((await clew.doctor()).oddities.map((one) => `${one.kind} ${one.what}`).toSorted()).toEqual([
      'unknown-type no type',
      'wrong-shape assistant.message',
      'wrong-shape user.message.content',
    ]);
  });

  test('a byte order mark, CRLF and spaces after colons', async () => {
    const home = testHome();
    const place = home.write(file, []);
    writeFileSync(
      place,
      `\ufeff${JSON.stringify(prompt('one', 1))}\r\n${JSON.stringify(prompt('two', 2), null, 1).replaceAll('\n', ' ')}\r\n`,
    );
    expect(texts(await imported(home))).toEqual(['one', 'two']);
  });

  test('record types nobody knows: counted and kept', async () => {
    const home = testHome();
    home.write(file, [
      prompt('one', 1),
      { ...prompt('', 2), type: 'hologram' },
      { ...prompt('', 3), type: 'hologram' },
    ]);
    const clew = await imported(home);
    expect((await clew.doctor()).oddities).toMatchObject([
      { kind: 'unknown-type', what: 'hologram', count: 2, line: 2 },
    ]);
    expect(
      kept(home)
        .toString()
        .match(/hologram/g),
    ).toHaveLength(2);
  });

  test('a clock that jumps back, and times that are none', async () => {
    const home = testHome();
    const at = (n: number, timestamp: unknown): object => ({ ...prompt(`p${n}`, n), timestamp });
    home.write(file, [
      at(1, '2026-10-01T12:00:00.000Z'),
      at(2, '1970-01-01T00:00:00.000Z'),
      at(3, 'yesterday'),
      at(4, '2126-01-01T00:00:00.000Z'),
      at(5, '2026-10-01T12:00:01.000Z'),
    ]);
    const clew = await imported(home);
    expect(texts(clew).toSorted()).toEqual(['p1', 'p2', 'p3', 'p4', 'p5']);
    const tables = tablesOf(home.context.clewHome);
    clew.reindex();
    expect(tablesOf(home.context.clewHome)).toEqual(tables);
  });
});

describe('a folder with', () => {
  test('a folder where a file should be, links in a circle, and links to nowhere', async () => {
    const home = testHome();
    home.write(file, [prompt('one', 1)]);
    mkdirSync(path.join(home.projects, 'p', `${id.replaceAll('3', '4')}.jsonl`));
    symlinkSync(home.projects, path.join(home.projects, 'p', 'up'));
    symlinkSync('self', path.join(home.projects, 'self'));
    symlinkSync('/nowhere', path.join(home.projects, 'p', `${id.replaceAll('3', '5')}.jsonl`));
    const clew = home.open();
    const { failures, found } = await clew.import();
    expect(found).toBe(1);
    expect(failures.map((one) => path.basename(one.path)).toSorted()).toEqual([
      `${id.replaceAll('3', '4')}.jsonl`,
      `${id.replaceAll('3', '5')}.jsonl`,
    ]);
    expect(clew.sessions()).toHaveLength(1);
  });

  test('a file that may not be read', ({ skip }) => {
    if (!canBeAnybody()) skip('the project lies where an ordinary user may not look');
    const home = testHome();
    home.write(file, [prompt('one', 1)]);
    const locked = home.write(`p/${id.replaceAll('3', '4')}.jsonl`, [prompt('x', 1)]);
    chmodSync(locked, 0);
    const before = {
      failures: [{ path: locked }],
      unreadable: [expect.stringContaining(locked)],
      sessions: 1,
    };
    expect(asAnybody(home)).toMatchObject(before);
    chmodSync(locked, 0o644);
    expect(asAnybody(home)).toMatchObject({ failures: [], unreadable: [], sessions: 2 });
  });
});

const isRoot = process.getuid?.() === 0;
const nobody = 65_534;
/** An ordinary user: root may read everything. */
const anybody = isRoot ? { uid: nobody, gid: nobody } : {};
const reporter = path.join(import.meta.dirname, 'support', 'import-report.ts');

function canBeAnybody(): boolean {
  const look = `require('better-sqlite3'); require('node:fs').readFileSync(${JSON.stringify(reporter)})`;
  const cwd = path.join(import.meta.dirname, '..');
  return spawnSync(process.execPath, ['-e', look], { cwd, ...anybody }).status === 0;
}

/** Imports in a process of an ordinary user. */
function asAnybody({ context }: TestHome): unknown {
  mkdirSync(context.clewHome, { recursive: true });
  if (isRoot) {
    chmodSync(context.cwd, 0o755);
    chownSync(context.clewHome, nobody, nobody);
  }
  const env = {
    ...process.env,
    HOME: context.clewHome,
    TEST_HOME: context.home,
    TEST_CLEW: context.clewHome,
  };
  return JSON.parse(execFileSync(process.execPath, [reporter], { env, encoding: 'utf8', ...anybody }));
}

describe('an index that', () => {
  const damage: Readonly<Record<string, (place: string) => void>> = {
    'is no database': (place) => writeFileSync(place, 'this is no database'.repeat(500)),
    'has lost its second half': (place) => truncateSync(place, 8192),
    'has zeros in it': (place) => writeFileSync(place, readFileSync(place).fill(0, 4096, 40_000)),
    'is gone': (place) => rmSync(place),
  };
  for (const [what, harm] of Object.entries(damage))
    test(`${what} is set aside and rebuilt`, async () => {
      const home = testHome();
      home.write(
        file,
        Array.from({ length: 300 }, (_, n) => prompt(`prompt number ${n}`, n)),
      );
      const clew = await imported(home);
      const before = clew.timeline(id);
      clew.close();
      const place = path.join(home.context.clewHome, 'index.db');
      harm(place);
      const again = home.open();
      await again.import();
      expect(again.timeline(id)).toEqual(before);
      const aside = readdirSync(home.context.clewHome).filter((name) => name.includes('damaged'));
      expect(aside).toHaveLength(what === 'is gone' ? 0 : 1);
    });

  test('a newer clew made is refused, and not touched', async () => {
    const home = testHome();
    home.write(file, [prompt('one', 1)]);
    (await imported(home)).close();
    const place = path.join(home.context.clewHome, 'index.db');
    const db = new Database(place);
    db.pragma('user_version = 999');
    db.close();
    const bytes = readFileSync(place);
    await expect(home.open().import()).rejects.toMatchObject({
      code: 'INDEX_TOO_NEW',
      message: expect.stringContaining('999'),
    });
    expect(readFileSync(place)).toEqual(bytes);
  });

  test('an older clew made is rebuilt', async () => {
    const home = testHome();
    home.write(file, [prompt('one', 1)]);
    (await imported(home)).close();
    const db = new Database(path.join(home.context.clewHome, 'index.db'));
    db.exec('DROP TABLE session');
    db.pragma('user_version = 0');
    db.close();
    expect(texts(await imported(home))).toEqual(['one']);
  });
});

describe('streams', () => {
  const frameAt = (stream: string): number[] => {
    const bytes = readFileSync(stream);
    const starts: number[] = [];
    for (let at = bytes.indexOf('5c2a4d18', 0, 'hex'); at >= 0; at = bytes.indexOf('5c2a4d18', at + 1, 'hex'))
      starts.push(at);
    return starts;
  };

  async function threeFrames(): Promise<{ home: TestHome; clew: Clew; stream: string }> {
    const home = testHome();
    const clew = home.open();
    for (let n = 1; n <= 3; n++) {
      home.write(
        file,
        Array.from({ length: n }, (_, i) => prompt(`p${i}`, i)),
      );
      await clew.import();
    }
    return { home, clew, stream: streamsBelow(home)[0] ?? '' };
  }

  test.skipIf(!hasZstd)('are read by zstd itself (skipped: there is no zstd)', async () => {
    const { stream, home } = await threeFrames();
    expect(execFileSync('zstd', ['-dcq', stream])).toEqual(readFileSync(path.join(home.projects, file)));
  });

  test('as written verify', async () => {
    const { clew } = await threeFrames();
    expect(clew.verify()).toMatchObject({ streams: 1, frames: 3, problems: [] });
  });

  const harm: Readonly<Record<string, (bytes: Buffer, starts: number[]) => Buffer>> = {
    'a changed byte': (bytes) => (
      bytes.writeUInt8(bytes.readUInt8(bytes.length - 3) ^ 1, bytes.length - 3),
      bytes
    ),
    'a changed header': (bytes) =>
      Buffer.from(bytes.toString('latin1').replace('"lines":1', '"lines":2'), 'latin1'),
    'a cut end': (bytes, starts) => bytes.subarray(0, starts[2]),
    'a frame taken out': (bytes, starts) =>
      Buffer.concat([bytes.subarray(0, starts[1]), bytes.subarray(starts[2])]),
    'two frames in the other order': (bytes, s) =>
      Buffer.concat([bytes.subarray(0, s[1]), bytes.subarray(s[2]), bytes.subarray(s[1], s[2])]),
  };
  for (const [what, change] of Object.entries(harm))
    test(`with ${what} do not verify`, async () => {
      const { clew, stream } = await threeFrames();
      writeFileSync(stream, change(readFileSync(stream), frameAt(stream)));
      expect(clew.verify().problems).toMatchObject([{ file: stream }]);
    });

  test('whose index is older than they are lose nothing when more comes', async () => {
    const home = testHome();
    home.write(file, [prompt('one', 1)]);
    const clew = await imported(home);
    clew.close();
    const place = path.join(home.context.clewHome, 'index.db');
    const old = readFileSync(place);
    home.write(file, [prompt('one', 1), prompt('two', 2)]);
    (await imported(home)).close();
    for (const end of ['-wal', '-shm']) rmSync(place + end, { force: true });
    writeFileSync(place, old);
    // The source has lost what the stream holds.
    home.write(file, [prompt('three', 3)]);
    const again = await imported(home);
    expect(texts(again)).toEqual(['one', 'two', 'three']);
    expect(again.verify().problems).toEqual([]);
  });
});

describe('a full disk', () => {
  test('stops the import with a clear word, and the next one goes on where it stopped', async ({ skip }) => {
    const home = testHome();
    for (let n = 0; n < 40; n++)
      home.write(
        `p/${id.slice(0, -2)}${10 + n}.jsonl`,
        Array.from({ length: 60 }, (_, i) => ({
          ...prompt(`${n}-${i} ${noise(n * 100 + i)}`, i),
          uuid: `u-${n}-${i}`,
        })),
      );
    const disk = onSmallDisk(2 << 20);
    if (!disk) {
      skip('a small file system cannot be mounted here');
      return;
    }
    const context = { ...home.context, clewHome: path.join(disk.folder, 'clew') };
    const { openClew } = await import('../src/index.ts');
    const clew = openClew({ context });
    const failure: unknown = await clew.import().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ClewError);
    expect(failure).toMatchObject({ code: 'NO_SPACE', hint: expect.stringContaining('nothing was lost') });
    disk.grow(64 << 20);
    await clew.import();
    expect(clew.sessions()).toHaveLength(40);
    expect(clew.verify().problems).toEqual([]);
    clew.close();
  });
});

/** Text that does not compress. */
function noise(seed: number): string {
  let x = seed + 1;
  return Array.from({ length: 400 }, () =>
    String.fromCharCode(33 + ((x = (x * 48_271) % 2_147_483_647) % 90)),
  ).join('');
}
