// The redactor of this installation: its salt is made at first use, so that placeholders of equal secrets are equal here
// and cannot be compared with anybody else's.
import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Config, Context } from '../model/index.ts';

export interface RedactorOptions {
  readonly salt: Buffer;
  readonly config: Config['redact'];
}

export function redactorOptions(context: Context, config: Config): RedactorOptions {
  return { salt: saltOf(context.clewHome), config: config.redact };
}

function saltOf(clewHome: string): Buffer {
  const file = path.join(clewHome, 'salt');
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  mkdirSync(clewHome, { recursive: true, mode: 0o700 });
  // Two processes may get here at once: the link decides, and both read the winner's.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, randomBytes(32), { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(file);
}
