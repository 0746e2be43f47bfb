// Generated homes, kept in a cache below the system's temporary folder until the generator changes.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { generate } from '../test/generate/generate.ts';
import { bytes, filesBelow } from './lib.ts';

export const cacheFolder = path.join(os.tmpdir(), 'clew-bench-cache');
const seed = 1;

/** The home of the given size. `single`: all of it in one transcript (and its subagents). */
export function corpus(size: number, single = false): string {
  const name = `${single ? 'single' : 'mixed'}-${bytes(size).replace(' ', '')}-${generatorVersion()}`;
  const home = path.join(cacheFolder, name);
  if (existsSync(path.join(home, 'done'))) return home;
  rmSync(home, { recursive: true, force: true });
  process.stderr.write(`generating ${name}\n`);
  const unfinished = `${home}.${process.pid}`;
  const { paths: _, ...made } = generate({
    dir: unfinished,
    bytes: size,
    seed,
    ...(single ? { sessionBytes: size } : {}),
  });
  writeFileSync(path.join(unfinished, 'done'), JSON.stringify(made));
  renameSync(unfinished, home);
  return home;
}

/** A copy that may be written to. */
export function copyOf(home: string, to: string): string {
  mkdirSync(to, { recursive: true });
  cpSync(path.join(home, '.claude'), path.join(to, '.claude'), { recursive: true });
  return to;
}

export function transcripts(home: string): string[] {
  return filesBelow(path.join(home, '.claude', 'projects'), '.jsonl');
}

function generatorVersion(): string {
  const folder = path.join(import.meta.dirname, '..', 'test', 'generate');
  const hash = createHash('sha256');
  for (const file of filesBelow(folder, '.ts'))
    if (!file.endsWith('.test.ts')) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 8);
}
