// The text of gzip files as writers leave them that flush after each line: closed, killed, taken up again, two at once.
import { createGzip, constants, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { isGzip, unpack } from './unpack.ts';

/** A writer's chunks, each that of a line with its flush, and what closing it adds. */
async function written(
  lines: readonly string[],
): Promise<{ readonly chunks: Buffer[]; readonly end: Buffer }> {
  const gzip = createGzip();
  const parts: Buffer[] = [];
  gzip.on('data', (part: Buffer) => parts.push(part));
  const chunks: Buffer[] = [];
  for (const line of lines) {
    gzip.write(`${line}\n`);
    await new Promise<void>((done) => gzip.flush(constants.Z_SYNC_FLUSH, done));
    chunks.push(Buffer.concat(parts.splice(0)));
  }
  await new Promise<void>((done) => gzip.end(done));
  return { chunks, end: Buffer.concat(parts) };
}
const linesOf = (who: string, n: number): string[] =>
  Array.from({ length: n }, (_, i) =>
    JSON.stringify({ event_id: `evt_${i}`, agent: who, note: `${who} ${'ab'.repeat(i % 7)} ${i * i}` }),
  );
const textOf = (bytes: Buffer): string[] =>
  [...unpack(bytes)].flatMap((one) => ('text' in one ? one.text.toString().split('\n').filter(Boolean) : []));
const notesOf = (bytes: Buffer): object[] => [...unpack(bytes)].filter((one) => !('text' in one));

const a = linesOf('anna', 40);
const b = linesOf('bob', 40);

test('closed by its writer', () => {
  expect(textOf(gzipSync(`${a.join('\n')}\n`))).toEqual(a);
});

test('its writer was killed: every line that was flushed is there', async () => {
  const { chunks } = await written(a);
  expect(textOf(Buffer.concat(chunks))).toEqual(a);
});

test('still being written: a line of which only a part is there waits', async () => {
  const { chunks } = await written(a);
  const whole = Buffer.concat(chunks.slice(0, 20));
  const half = Buffer.concat([whole, chunks[20]!.subarray(0, chunks[20]!.length - 9)]);
  expect(textOf(half)).toEqual(a.slice(0, 20));
  expect(notesOf(half)).toEqual([]);
});

test('taken up again after it was closed', async () => {
  const [one, two] = [await written(a), await written(b)];
  expect(textOf(Buffer.concat([...one.chunks, one.end, ...two.chunks]))).toEqual([...a, ...b]);
});

test('taken up again after its writer was killed, several times', async () => {
  const [one, two] = [await written(a), await written(b)];
  const file = Buffer.concat([...one.chunks, ...two.chunks, ...one.chunks, ...two.chunks, two.end]);
  expect(textOf(file)).toEqual([...a, ...b, ...a, ...b]);
  expect(notesOf(file)).toEqual([]);
});

test('killed in the middle of a line: the others are there, and the torn one is told', async () => {
  const [one, two] = [await written(a), await written(b)];
  const torn = one.chunks[39]!.subarray(0, one.chunks[39]!.length - 8);
  const file = Buffer.concat([...one.chunks.slice(0, 39), torn, ...two.chunks]);
  expect(textOf(file)).toEqual([...a.slice(0, 39), ...b]);
  const notes = notesOf(file) as { torn?: Buffer }[];
  expect(notes).toHaveLength(1);
  expect(a[39]).toContain(notes[0]?.torn?.toString());
});

test('two at once: each line is read as that of its writer', async () => {
  const [one, two] = [await written(a), await written(b)];
  const both = one.chunks.flatMap((chunk, i) => [chunk, two.chunks[i]!]);
  const expected = a.flatMap((line, i) => [line, b[i]!]);
  expect(textOf(Buffer.concat(both))).toEqual(expected);
  expect(textOf(Buffer.concat([...both, one.end, two.end]))).toEqual(expected);
  const ended = [...both.slice(0, 79), one.end, both[79]!, two.end];
  expect(textOf(Buffer.concat(ended))).toEqual(expected);
});

test('what cannot be read is told with its place, and costs no other line', async () => {
  const [one, two] = [await written(a), await written(b)];
  const damaged = Buffer.from(one.chunks[5]!);
  damaged.fill(0xee, 0, damaged.length - 4);
  const file = Buffer.concat([...one.chunks.slice(0, 5), damaged, ...two.chunks]);
  expect(textOf(file)).toEqual([...a.slice(0, 5), ...b]);
  expect(notesOf(file)).toEqual([{ lost: damaged.length, at: Buffer.concat(one.chunks.slice(0, 5)).length }]);
});

test('what has been read is read in the same order when more has come', async () => {
  const [one, two] = [await written(a), await written(b)];
  const chunks = [...one.chunks, ...two.chunks, one.end];
  let before: string[] = [];
  for (let n = 1; n <= chunks.length; n += 7) {
    const now = textOf(Buffer.concat(chunks.slice(0, n)));
    expect(now.slice(0, before.length)).toEqual(before);
    before = now;
  }
});

test('gzip is known by its bytes', () => {
  expect(isGzip(gzipSync('x'))).toBe(true);
  expect(isGzip(Buffer.from('{"event_type":"error"}\n'))).toBe(false);
});
