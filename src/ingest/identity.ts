// Tells whether a source is as it was, was appended to, or was rewritten, without reading it again.
import { createHash } from 'node:crypto';
import { readSync } from 'node:fs';
import type { Stats } from 'node:fs';
import type { SourcePosition } from '../store/index.ts';

/** How many bytes at either end stand for the whole. */
const probeBytes = 4096;

export type Growth = 'same' | 'appended' | 'rewritten';

/** Cheap first look: whether the file's metadata is as it was. */
export function looksSame(known: SourcePosition, stat: Stats): boolean {
  return known.size === stat.size && known.mtime === stat.mtimeMs && known.ino === stat.ino;
}

/** Second look, at the file itself. A file whose mtime alone changed, or that is another file, is compared in full. */
export function growthOf(fd: number, known: SourcePosition, stat: Stats): Growth {
  if (looksSame(known, stat)) return 'same';
  if (stat.size < known.offset) return 'rewritten';
  const probe = probeOf(fd, known.offset);
  if (probe.head !== known.head || probe.tail !== known.tail) return 'rewritten';
  return stat.ino !== known.ino || stat.size === known.size ? 'rewritten' : 'appended';
}

/** Hashes of the first bytes of a file, and of those before `offset`. */
export function probeOf(fd: number, offset: number): { head: string; tail: string } {
  const length = Math.min(probeBytes, offset);
  return { head: hashAt(fd, 0, length), tail: hashAt(fd, offset - length, length) };
}

function hashAt(fd: number, at: number, length: number): string {
  const bytes = Buffer.alloc(length);
  const got = readSync(fd, bytes, 0, length, at);
  return createHash('sha256').update(bytes.subarray(0, got)).digest('hex').slice(0, 16);
}
