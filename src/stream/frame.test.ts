import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBody, decodeHeader, encodeFrame, firstHash, headerLength } from './frame.ts';
import type { Frame } from './frame.ts';

const fields = {
  prev: firstHash,
  at: 0,
  line: 0,
  lines: 1,
  from: 0,
  to: 3,
  gen: 0,
  time: 1_800_000_000_000,
  id: { ino: 7, size: 3, mtime: 1.5, head: 'h', tail: 't' },
} as const;

/** The parts of a frame, as a reader of the file gets them. */
function split(frame: Frame): { json: Buffer; body: Buffer } {
  const length = headerLength(frame.bytes) ?? -1;
  return { json: frame.bytes.subarray(8, 8 + length), body: frame.bytes.subarray(8 + length) };
}

describe('a frame', () => {
  test('gives back its header, its hash and its content, whatever the content', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), (bytes) => {
        const frame = encodeFrame(fields, Buffer.from(bytes));
        const { json, body } = split(frame);
        expect(decodeHeader(json)).toEqual({ header: frame.header, hash: frame.hash });
        expect(decodeBody(frame.header, body, 'x')).toEqual(Buffer.from(bytes));
        expect(frame.header).toMatchObject({ n: bytes.length, z: body.length });
      }),
    );
  });

  test('has another hash when anything in its header is another', () => {
    const hash = (more: object): string => encodeFrame({ ...fields, ...more }, Buffer.from('a\n')).hash;
    expect(new Set([hash({}), hash({ prev: 'f'.repeat(64) }), hash({ at: 1 }), hash({ time: 1 })]).size).toBe(
      4,
    );
    expect(encodeFrame(fields, Buffer.from('b\n')).hash).not.toBe(hash({}));
  });

  test('that has lost a bit is told, and never read as something else', () => {
    const frame = encodeFrame(fields, Buffer.from('{"type":"user"}\n'.repeat(20)));
    const { body } = split(frame);
    for (let bit = 0; bit < body.length * 8; bit++) {
      const damaged = Buffer.from(body);
      damaged.writeUInt8(damaged.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(() => decodeBody(frame.header, damaged, 'here')).toThrow(
        expect.objectContaining({ code: 'STREAM_DAMAGED' }),
      );
    }
  });
});

describe('what is no frame', () => {
  test('has no header', () => {
    const { bytes } = encodeFrame(fields, Buffer.from('a\n'));
    expect(headerLength(bytes.subarray(0, 7))).toBeUndefined();
    expect(headerLength(bytes.subarray(1, 9))).toBeUndefined();
    expect(headerLength(Buffer.alloc(8))).toBeUndefined();
  });

  test('is not allocated, however long it says to be', () => {
    const prefix = Buffer.from(encodeFrame(fields, Buffer.from('a\n')).bytes.subarray(0, 8));
    prefix.writeUInt32LE(0xffffffff, 4);
    expect(headerLength(prefix)).toBeUndefined();
  });

  test.each(['', '{', '[]', 'null', '{"v":2}', '{"v":1,"z":"1"}'])('header %j is refused', (json) => {
    expect(decodeHeader(Buffer.from(json))).toBeUndefined();
  });
});
