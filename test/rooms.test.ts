// The import rules of ARCHITECTURE.md: rooms import downward only, and through their doors.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const source = path.join(import.meta.dirname, '..', 'src');

/** Which rooms a room may import. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  model: [],
  redact: ['model'],
  stream: ['model'],
  hooks: [],
  prices: ['model'],
  agents: ['model'],
  store: ['model'],
  ingest: ['agents', 'hooks', 'redact', 'stream', 'store', 'model'],
  query: ['store', 'model'],
  workspace: ['hooks', 'stream', 'store', 'model'],
  recover: ['query', 'workspace', 'agents', 'store', 'stream', 'model'],
  journal: ['ingest', 'query', 'redact', 'store', 'stream', 'model'],
  attribution: ['query', 'workspace', 'store', 'model'],
  issues: ['query', 'journal', 'store', 'model'],
  mcp: ['.', 'model'],
  cli: ['.', 'mcp', 'agents', 'hooks', 'ingest', 'query', 'model'],
  // The files beside the rooms: the library.
  '.': [
    'journal',
    'attribution',
    'issues',
    'agents',
    'hooks',
    'ingest',
    'prices',
    'query',
    'recover',
    'workspace',
    'redact',
    'store',
    'stream',
    'model',
  ],
};

interface Import {
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly target: string;
}

const roomOf = (file: string): string => {
  const parts = path.relative(source, file).split(path.sep);
  return parts.length > 1 ? (parts[0] ?? '') : '.';
};

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => path.join(source, name));

/** A file without its doc comments. */
const codeOf = (file: string): string => readFileSync(file, 'utf8').replaceAll(/\/\*\*[\s\S]*?\*\//g, '');

const imports: Import[] = files
  .filter((file) => !file.endsWith('.test.ts'))
  .flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(
      ([, target = '']) => {
        const place = path.resolve(path.dirname(file), target);
        return {
          file: path.relative(source, file),
          from: roomOf(file),
          to: roomOf(place),
          target: path.relative(source, place),
        };
      },
    ),
  );

test('every room is in the table', () => {
  expect([...new Set(files.map(roomOf))].toSorted()).toEqual(Object.keys(mayImport).toSorted());
});

test('rooms import only what stands below them', () => {
  const wrong = imports.filter((one) => one.from !== one.to && !mayImport[one.from]?.includes(one.to));
  expect(wrong).toEqual([]);
});

test('rooms are entered by their doors', () => {
  // An agent's sub-rooms may reach for the model's files; anything else goes through index.ts.
  const wrong = imports.filter(
    (one) =>
      one.from !== one.to &&
      one.to !== '.' &&
      one.to !== 'model' &&
      !/^[a-z]+\/(?:export\/)?index\.ts$/.test(one.target),
  );
  expect(wrong).toEqual([]);
});

test('agents do not know each other, but for what they share', () => {
  const agent = (file: string): string => file.split(path.sep)[1] ?? '';
  const wrong = imports.filter(
    (one) =>
      one.from === 'agents' &&
      one.to === 'agents' &&
      agent(one.file) !== 'index.ts' &&
      agent(one.file) !== agent(one.target) &&
      agent(one.target) !== 'shared',
  );
  expect(wrong).toEqual([]);
});

test('only the store imports the database driver, and only the CLI writes to stdout or exits', () => {
  // Where the records of an agent, or the issues of a tracker, are a database themselves.
  const foreign = [
    path.join('agents', 'opencode', 'database.ts'),
    path.join('issues', 'beads', 'database.ts'),
  ];
  const holding = (pattern: RegExp, room: string): string[] =>
    files
      .filter((file) => !file.endsWith('.test.ts') && roomOf(file) !== room && pattern.test(codeOf(file)))
      .map((file) => path.relative(source, file));
  expect(holding(/from 'better-sqlite3'/, 'store').toSorted()).toEqual(foreign);
  expect(holding(/process\.(?:argv|stdout|exit)\b|console\.log/, 'cli')).toEqual([]);
});
