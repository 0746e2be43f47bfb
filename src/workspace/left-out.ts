// What the checkpoints of a working tree leave out, and why, as the hook lists it.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { textOfPath } from './paths.ts';
import { stateFolder } from './settings.ts';

export interface LeftOut {
  readonly path: string;
  readonly why: 'large' | 'unreadable' | 'special' | 'repository';
  /** Its size, where that is the reason. */
  readonly bytes: number | null;
}

export function leftOutOf(clewHome: string, root: string): LeftOut[] {
  const file = path.join(stateFolder(clewHome, root), 'left-out');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [why = '', size = '', name = ''] = line.split('\t');
      return { path: unquoted(name), why: why as LeftOut['why'], bytes: size === '-' ? null : Number(size) };
    });
}

const letters: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** A name as git quotes it. */
function unquoted(name: string): string {
  if (!name.startsWith('"')) return name;
  const bytes = Buffer.from(name.slice(1, -1)).toString('latin1');
  const raw = bytes.replaceAll(/\\([0-7]{3}|.)/g, (_, code: string) =>
    code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8)) : (letters[code] ?? code),
  );
  return textOfPath(Buffer.from(raw, 'latin1'));
}
