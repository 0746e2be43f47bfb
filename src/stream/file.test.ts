import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { tempFolder } from '../../test/support/home.ts';
import { appendStream, listStreams, readFrameAt, readFrames, streamName } from './file.ts';
import type { FrameRange, StoredFrame, StreamBreak } from './file.ts';
import { encodeFrame, firstHash } from './frame.ts';

const hasZstd = spawnSync('zstd', ['--version']).status === 0;
const identity = { ino: 0, size: 0, mtime: 0, head: '', tail: '' };

interface End {
  readonly length: number;
  readonly content: number;
  readonly hash: string;
}
const nothing: End = { length: 0, content: 0, hash: firstHash };

/** Appends one frame behind `end`; returns the new end. */
function append(file: string, end: End, words: string): End {
  const content = Buffer.from(words);
  const frame = encodeFrame(
    { prev: end.hash, at: end.content, line: 0, lines: 1, from: 0, to: 0, gen: 0, time: 0, id: identity },
    content,
  );
  const length = appendStream(file, end.length, frame.bytes, false);
  return { length, content: end.content + content.length, hash: frame.hash };
}

function walk(
  file: string,
  range?: FrameRange,
): { contents: string[]; frames: StoredFrame[]; stopped: StreamBreak | undefined } {
  const frames: StoredFrame[] = [];
  const contents: string[] = [];
  const walking = readFrames(file, range);
  for (;;) {
    const step = walking.next();
    if (step.done) return { contents, frames, stopped: step.value };
    frames.push(step.value);
    contents.push(step.value.content().toString());
  }
}

function streamOf(...contents: string[]): { file: string; ends: End[] } {
  const file = path.join(tempFolder(), 'aa', 'stream.jsonl.zst');
  const ends = [nothing];
  for (const words of contents) ends.push(append(file, ends.at(-1) as End, words));
  return { file, ends };
}

describe('a stream', () => {
  test('is walked frame by frame', () => {
    const { file, ends } = streamOf('a\n', 'bb\n', 'ccc\n');
    const { contents, frames, stopped } = walk(file);
    expect(contents).toEqual(['a\n', 'bb\n', 'ccc\n']);
    expect(stopped).toBeUndefined();
    expect(frames.map((frame) => frame.end)).toEqual(ends.slice(1).map((end) => end.length));
    expect(frames.map((frame) => frame.hash)).toEqual(ends.slice(1).map((end) => end.hash));
  });

  test.skipIf(!hasZstd)('is unpacked by the zstd command, which passes over the headers', () => {
    const { file } = streamOf('a\n', 'bb\n', 'ccc\n');
    expect(spawnSync('zstd', ['-dc', file], { encoding: 'utf8' })).toMatchObject({
      status: 0,
      stdout: 'a\nbb\nccc\n',
    });
  });

  test('is for its owner alone', () => {
    const { file } = streamOf('a\n');
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(statSync(path.dirname(file)).mode & 0o077).toBe(0);
  });

  test('is walked from behind a known frame, and up to a length', () => {
    const { file, ends } = streamOf('a\n', 'bb\n', 'ccc\n');
    expect(walk(file, { from: ends[1] as End }).contents).toEqual(['bb\n', 'ccc\n']);
    expect(walk(file, { to: ends[2]?.length as number }).contents).toEqual(['a\n', 'bb\n']);
    expect(walk(file, { from: ends[3] as End }).contents).toEqual([]);
  });

  test('is appended to at the committed length: what stood behind it is cut off', () => {
    const { file, ends } = streamOf('a\n', 'was never committed\n');
    appendFileSync(file, 'torn');
    const end = append(file, ends[1] as End, 'b\n');
    expect(statSync(file).size).toBe(end.length);
    expect(walk(file)).toMatchObject({ contents: ['a\n', 'b\n'], stopped: undefined });
  });

  test('that was begun and never committed is begun anew', () => {
    const { file } = streamOf('was never committed\n');
    append(file, nothing, 'a\n');
    expect(walk(file)).toMatchObject({ contents: ['a\n'], stopped: undefined });
  });
});

describe('a walk stops', () => {
  test('at every place where a frame is cut off, with the frames before it', () => {
    const { file, ends } = streamOf('a\n', 'bb\n');
    const whole = readFileSync(file);
    const first = ends[1]?.length as number;
    for (let size = first; size < whole.length; size++) {
      writeFileSync(file, whole);
      truncateSync(file, size);
      const { contents, stopped } = walk(file);
      expect(contents).toEqual(['a\n']);
      expect(stopped?.at, `cut to ${size} bytes`).toBe(size === first ? undefined : first);
    }
  });

  test('where something else begins', () => {
    const { file, ends } = streamOf('a\n');
    appendFileSync(file, 'no frame at all');
    expect(walk(file)).toMatchObject({
      contents: ['a\n'],
      stopped: { at: ends[1]?.length, why: 'no frame begins here' },
    });
  });

  test('where a frame does not follow from the one before', () => {
    const { file, ends } = streamOf('a\n');
    const stranger = append(
      path.join(tempFolder(), 'x', 'y'),
      { ...(ends[1] as End), length: 0, hash: firstHash },
      'b\n',
    );
    expect(stranger.hash).not.toBe(ends[1]?.hash);
    append(file, { ...(ends[1] as End), hash: stranger.hash }, 'b\n');
    expect(walk(file)).toMatchObject({
      contents: ['a\n'],
      stopped: { why: 'this frame does not follow the one before' },
    });
  });

  test('where a frame in the middle was left out', () => {
    const { file, ends } = streamOf('a\n', 'b\n', 'c\n');
    const whole = readFileSync(file);
    writeFileSync(file, Buffer.concat([whole.subarray(0, ends[1]?.length), whole.subarray(ends[2]?.length)]));
    expect(walk(file)).toMatchObject({ contents: ['a\n'], stopped: { at: ends[1]?.length } });
  });
});

describe('one frame', () => {
  test('is read at its place', () => {
    const { file, ends } = streamOf('a\n', 'bb\n', 'ccc\n');
    expect(readFrameAt(file, ends[1]?.length as number)?.content.toString()).toBe('bb\n');
    expect(readFrameAt(file, 0)?.header).toMatchObject({ at: 0, n: 2 });
  });

  test('is not found where none begins', () => {
    const { file, ends } = streamOf('a\n');
    expect(readFrameAt(file, 1)).toBeUndefined();
    expect(readFrameAt(file, ends[1]?.length as number)).toBeUndefined();
  });

  test('that is damaged is told', () => {
    const { file } = streamOf('a\n');
    const bytes = readFileSync(file);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
    writeFileSync(file, bytes);
    expect(() => readFrameAt(file, 0)).toThrow(expect.objectContaining({ code: 'STREAM_DAMAGED' }));
    expect(() => walk(file)).toThrow(expect.objectContaining({ code: 'STREAM_DAMAGED' }));
  });
});

test('streams are listed in a fixed order, and nothing else is', () => {
  const root = tempFolder();
  expect(listStreams(path.join(root, 'absent'))).toEqual([]);
  const names = ['f00d', 'beef', 'bead'].map((id) => streamName('claude-code', id));
  for (const name of names) append(path.join(root, name), nothing, 'a\n');
  writeFileSync(path.join(root, 'claude-code', 'notes.txt'), '');
  expect(listStreams(root)).toEqual(names.toSorted());
  expect(streamName('claude-code', 'beef')).toBe(path.join('claude-code', 'be', 'beef.jsonl.zst'));
});
