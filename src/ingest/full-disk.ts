// A full disk, told in plain words.
import { ClewError } from '../model/index.ts';
import type { Context } from '../model/index.ts';

/** Whether an error says that the disk is full. */
export const isFull = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT', 'SQLITE_FULL'].includes((error as { code?: string }).code ?? '');

/** An error, in plain words if it is that of a full disk. */
export function explainFull(error: unknown, context: Context): unknown {
  if (!isFull(error)) return error;
  return new ClewError(
    'NO_SPACE',
    `the disk that holds ${context.clewHome} is full`,
    'make room and run the same command again: nothing was lost, and it goes on where it stopped',
    { cause: error },
  );
}
