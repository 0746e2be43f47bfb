// clew's own folder cannot be written to, as in the sandbox of an agent: told in plain words, with what still can be done.
import path from 'node:path';
import { ClewError } from './errors.ts';

/** Whether an error says that a file in clew's folder, or its index, cannot be written. */
export function isNotWritable(error: unknown, clewHome: string): boolean {
  const { code = '', path: file } = error as { readonly code?: string; readonly path?: string };
  if (/^SQLITE_(?:READONLY|CANTOPEN|PERM)/.test(code)) return true;
  const isOurs = file !== undefined && `${file}${path.sep}`.startsWith(clewHome + path.sep);
  return isOurs && ['EACCES', 'EPERM', 'EROFS'].includes(code);
}

export const notWritable = (clewHome: string, cause: unknown): ClewError =>
  new ClewError(
    'NOT_WRITABLE',
    `${clewHome} cannot be written to`,
    'what is in its index can be read; to record, allow writing there, or point CLEW_HOME to where it is allowed',
    { cause },
  );

/** An error, in plain words if it is of that kind. */
export const explainNotWritable = (error: unknown, clewHome: string): unknown =>
  isNotWritable(error, clewHome) ? notWritable(clewHome, error) : error;
