// The journal's way in: `spool/records/<UTC day>.jsonl`, to which whoever records something appends whole lines, redacted by
// then. It is a source like any other: what stands in it is kept, whatever becomes of the process that wrote it.
import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  readdirSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { spoolFolder } from './spool.ts';

const newline = 0x0a;
const folderOf = (clewHome: string): string => path.join(spoolFolder(clewHome), 'records');

/**
 * Appends lines, each ended by \n, in one write, so that lines of several processes never mix. When it returns the system
 * has them: they outlive the process. Throws what the file system says; a part that was written is closed by the next.
 */
export function appendRecords(clewHome: string, lines: Buffer, now: number): void {
  const file = path.join(folderOf(clewHome), `${new Date(now).toISOString().slice(0, 10)}.jsonl`);
  const fd = openOrMake(file);
  try {
    const { size } = fstatSync(fd);
    const last = Buffer.alloc(1);
    const isTorn = size > 0 && readSync(fd, last, 0, 1, size - 1) === 1 && last[0] !== newline;
    const bytes = isTorn ? Buffer.concat([Buffer.of(newline), lines]) : lines;
    const written = writeSync(fd, bytes);
    if (written < bytes.length)
      throw Object.assign(new Error(`ENOSPC: only ${written} of ${bytes.length} bytes were written`), {
        code: 'ENOSPC',
        syscall: 'write',
      });
  } finally {
    closeSync(fd);
  }
}

function openOrMake(file: string): number {
  const flags = constants.O_APPEND | constants.O_CREAT | constants.O_RDWR;
  try {
    return openSync(file, flags, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    return openSync(file, flags, 0o600);
  }
}

/** The files that are there, the oldest first. */
export function recordFiles(clewHome: string): string[] {
  try {
    return readdirSync(folderOf(clewHome))
      .filter((name) => /^\d{4}-\d\d-\d\d\.jsonl$/.test(name))
      .sort()
      .map((name) => path.join(folderOf(clewHome), name));
  } catch {
    return [];
  }
}

const dayMs = 86_400_000;

/** Whether nobody appends to a file any more: its day is over, and the one after it. */
export const isClosed = (file: string, now: number): boolean =>
  Date.parse(path.basename(file, '.jsonl')) + 2 * dayMs < now;

export const dropRecordFile = (file: string): void => rmSync(file, { force: true });
