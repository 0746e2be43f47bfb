// Replaces a file in one step: whoever reads it meanwhile, or after a crash, sees the old text or the new.
import { chmodSync, chownSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { ClewError } from '../../../model/errors.ts';

export function writeAtomic(file: string, content: string | Buffer): void {
  const draft = `${file}.clew-${process.pid}`;
  try {
    const old = statSync(file, { throwIfNoEntry: false });
    writeFileSync(draft, content, { flag: 'wx', mode: 0o600, flush: true });
    chmodSync(draft, old ? old.mode & 0o7777 : 0o644 & ~process.umask());
    if (old && old.uid !== process.getuid?.()) chownSync(draft, old.uid, old.gid);
    renameSync(draft, file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT')
      throw new ClewError('NO_SPACE', `${file}: ${message}`, 'Free some space; the file is as it was.', {
        cause: error,
      });
    throw new ClewError(
      'UNREADABLE',
      `${file} cannot be written: ${message}`,
      'Check who owns the file and its folder.',
      {
        cause: error,
      },
    );
  } finally {
    rmSync(draft, { force: true });
  }
}
