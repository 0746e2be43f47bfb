// What the checkpoints of a working tree leave out now, and why, as the hook lists it.
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { leftOutLine } from '../model/index.ts';
import type { LeftOut } from '../model/index.ts';
import { stateFolder } from './settings.ts';

export function leftOutOf(clewHome: string, root: string): LeftOut[] {
  const file = path.join(stateFolder(clewHome, root), 'left-out');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map(leftOutLine);
}

/** Whether repositories lie inside of a project, as of its last checkpoint. */
export function hasInner(clewHome: string, root: string): boolean {
  const file = path.join(stateFolder(clewHome, root), 'inner');
  const isNamed = existsSync(file) && statSync(file).size > 0;
  return (
    isNamed || leftOutOf(clewHome, root).some((one) => !['large', 'unreadable', 'special'].includes(one.why))
  );
}
