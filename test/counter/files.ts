// Finds the transcripts below Claude Code's project folders and reads them whole, one record a line.
//
//   <projects>/<slug>/<session>.jsonl                  the session that the file's name says
//   <projects>/<slug>/<session>/subagents/**/*.jsonl   the session that the folder's name says
//   <projects>/<slug>/agent-<hex>.jsonl                the session that most of its records say (the last one's where
//                                                      as many say another): the first record can say a wrong one
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export type Json = Record<string, unknown>;

export interface Line {
  readonly number: number;
  readonly record: Json;
}

export interface TranscriptFile {
  readonly path: string;
  readonly session: string;
  readonly subagent: boolean;
  readonly lines: readonly Line[];
  readonly bad: number;
  readonly torn: number;
}

export function* transcripts(projectsDir: string): Generator<TranscriptFile> {
  for (const slug of folders(projectsDir)) {
    const folder = path.join(projectsDir, slug);
    for (const name of jsonlFiles(folder)) {
      const file = readLines(path.join(folder, name));
      const flat = name.startsWith('agent-');
      const base = name.slice(0, -'.jsonl'.length);
      yield { ...file, session: flat ? (mostNamed(file.lines) ?? base) : base, subagent: flat };
    }
    for (const session of folders(folder)) {
      for (const name of nestedJsonl(path.join(folder, session, 'subagents'))) {
        yield { ...readLines(name), session, subagent: true };
      }
    }
  }
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// Spaces around the record, a BOM and a carriage return do no harm: trim() takes all of them. Blank lines are no lines.
function readLines(file: string): Omit<TranscriptFile, 'session' | 'subagent'> {
  const bytes = readFileSync(file);
  const lines: Line[] = [];
  let bad = 0;
  let torn = 0;
  let number = 0;
  for (let start = 0; start < bytes.length;) {
    number++;
    const newline = bytes.indexOf(10, start);
    const end = newline === -1 ? bytes.length : newline;
    const text = bytes.toString('utf8', start, end).trim();
    start = end + 1;
    if (text === '') continue;
    const record = parse(text);
    if (record) lines.push({ number, record });
    else if (newline === -1) torn++;
    else bad++;
  }
  return { path: file, lines, bad, torn };
}

function parse(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function mostNamed(lines: readonly Line[]): string | undefined {
  const times = new Map<string, number>();
  let best: string | undefined;
  for (const { record } of lines) {
    const id = record['sessionId'];
    if (typeof id !== 'string') continue;
    times.set(id, (times.get(id) ?? 0) + 1);
  }
  // The last record's session wins a tie, so look from the end.
  for (const { record } of lines.toReversed()) {
    const id = record['sessionId'];
    if (typeof id !== 'string') continue;
    if (best === undefined || times.get(id)! > times.get(best)!) best = id;
  }
  return best;
}

function folders(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true })
    .filter((e) => e.isDirectory())
    .map((e) => e.name)
    .sort();
}

function jsonlFiles(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true })
    .filter((e) => e.isFile() && e.name.endsWith('.jsonl'))
    .map((e) => e.name)
    .sort();
}

function nestedJsonl(dir: string): string[] {
  try {
    return readdirSync(dir, { withFileTypes: true, recursive: true })
      .filter((e) => e.isFile() && e.name.endsWith('.jsonl'))
      .map((e) => path.join(e.parentPath, e.name))
      .sort();
  } catch {
    return []; // no subagents
  }
}
