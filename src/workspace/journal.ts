// The journal of changes to working trees: $CLEW_HOME/journal/<id>.json, there from before the first step until the last
// one is recorded. What a dead process left is finished by the next command.
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { FileStep } from './apply.ts';

export interface JournalEntry {
  readonly id: string;
  /** The process that is at it. */
  readonly pid: number;
  readonly root: string;
  readonly steps: readonly FileStep[];
  /** The record that goes to the spool when the steps are taken. */
  readonly record: Readonly<Record<string, unknown>>;
}

export const journalFolder = (clewHome: string): string => path.join(clewHome, 'journal');

export function writeJournal(clewHome: string, entry: JournalEntry): void {
  const folder = journalFolder(clewHome);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, `${entry.id}.json`);
  writeFileSync(`${file}.part`, JSON.stringify(entry), { mode: 0o600, flush: true });
  renameSync(`${file}.part`, file);
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

export function dropJournal(clewHome: string, id: string): void {
  rmSync(path.join(journalFolder(clewHome), `${id}.json`), { force: true });
}

export function readJournal(clewHome: string): JournalEntry[] {
  const folder = journalFolder(clewHome);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as JournalEntry);
}
