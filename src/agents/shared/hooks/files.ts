// Reading the files that agents keep their settings in.
import { lstatSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { ClewError } from '../../../model/errors.ts';

/** The text of a settings file, or undefined when there is none. */
export function readSettings(file: string): string | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new ClewError(
      'UNREADABLE',
      `${file}: ${(error as Error).message}`,
      'Give yourself the right to read it.',
      {
        cause: error,
      },
    );
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new ClewError(
      'BAD_INPUT',
      `${file}: not UTF-8`,
      `Save ${file} as UTF-8, then run the command again.`,
      {
        cause: error,
      },
    );
  }
}

/** The file behind a symbolic link, also when it does not exist yet: people keep their settings in another folder. */
export function behindLinks(file: string): string {
  let target = file;
  for (let links = 0; links < 40; links++) {
    if (!lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink()) return target;
    target = path.resolve(path.dirname(target), readlinkSync(target));
  }
  throw new ClewError(
    'UNREADABLE',
    `${file}: a circle of links`,
    'Remove the link, then run the command again.',
  );
}
