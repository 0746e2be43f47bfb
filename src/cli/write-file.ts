// Writes what a command was told to write to a file, not to the terminal.
import { writeFileSync } from 'node:fs';
import { ClewError } from '../model/index.ts';
import { note } from './terminal.ts';

/** Says so when it is done. Throws UNREADABLE. */
export function writeFile(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new ClewError(
      'UNREADABLE',
      `${file} cannot be written: ${(error as Error).message}`,
      'name another file',
      { cause: error },
    );
  }
  note(`wrote ${file}`);
}
