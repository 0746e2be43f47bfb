import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync, appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openClew } from '../index.ts';
import { loadConfig, systemContext } from '../model/index.ts';
import type { Context } from '../model/index.ts';
import { openIndex, indexFile } from '../store/index.ts';
import { createRecorder } from './index.ts';

let home: string;
let now = Date.parse('2026-03-01T12:00:00Z');
const contextOf = (): Context => ({
  ...systemContext({ HOME: home, CLEW_HOME: path.join(home, 'clew'), PATH: process.env['PATH'] }),
  now: () => now,
});
const recorderHere = () => createRecorder(contextOf(), loadConfig(path.join(home, 'clew')));
const takeIn = async (): Promise<Row[]> => {
  const clew = openClew({ context: contextOf() });
  await clew.import();
  clew.close();
  return rows();
};
interface Row {
  readonly id: string;
  readonly kind: string;
  readonly subject: string | null;
  readonly text: string;
  readonly data: string | null;
}
function rows(): Row[] {
  const { db } = openIndex(indexFile(path.join(home, 'clew')), now);
  try {
    return db.prepare<[], Row>('SELECT id, kind, subject, text, data FROM record ORDER BY at, pos').all();
  } finally {
    db.close();
  }
}
const file = (): string => path.join(home, 'clew', 'spool', 'records', '2026-03-01.jsonl');

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'clew-records-'));
  now = Date.parse('2026-03-01T12:00:00Z');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

test('what was recorded is in the index after the next look, once', async () => {
  const id = recorderHere().record({ kind: 'metric', subject: 'coverage', data: { value: 0.8 } });
  expect(await takeIn()).toEqual([
    { id, kind: 'metric', subject: 'coverage', text: '', data: '{"value":0.8}' },
  ]);
  recorderHere().record({ kind: 'note', text: 'a second one' });
  expect((await takeIn()).map((row) => row.kind)).toEqual(['metric', 'note']);
});

test('no secret is written', () => {
  const key = ['ghp', 'q7Zx0LmT4vKpR9sWc2Yb8NfHd3JgA6uEi1Xo'].join('_');
  recorderHere().record({ kind: 'note', text: `use ${key} for it` });
  const kept = readFileSync(file(), 'utf8');
  expect(kept).not.toContain(key);
  expect(kept).toContain('[REDACTED:');
});

test('what a dead process left half written costs its own line only', async () => {
  recorderHere().record({ kind: 'note', text: 'one' });
  appendFileSync(file(), '{"id":"torn","time":1,"rec');
  recorderHere().record({ kind: 'note', text: 'two' });
  expect((await takeIn()).map((row) => row.text)).toEqual(['one', 'two']);
});

test('a record that is told again under the same id counts once', async () => {
  recorderHere().record({ kind: 'note', id: 'same', text: 'one' });
  recorderHere().record({ kind: 'note', id: 'same', text: 'one' });
  expect(await takeIn()).toHaveLength(1);
});

test('a day that is over is removed once it is taken in, and reindex has it all the same', async () => {
  recorderHere().record({ kind: 'note', text: 'kept' });
  await takeIn();
  now += 3 * 86_400_000;
  await takeIn();
  expect(readdirSync(path.dirname(file()))).toEqual([]);
  const clew = openClew({ context: contextOf() });
  clew.reindex();
  clew.close();
  expect(rows().map((row) => row.text)).toEqual(['kept']);
});

test('four processes that record at once lose nothing and mix nothing', async () => {
  const script = path.join(home, 'writer.ts');
  const door = path.join(import.meta.dirname, 'index.ts');
  const model = path.join(import.meta.dirname, '..', 'model', 'index.ts');
  writeFileSync(
    script,
    `import { createRecorder } from ${JSON.stringify(door)};
     import { loadConfig, systemContext } from ${JSON.stringify(model)};
     const context = systemContext();
     const recorder = createRecorder(context, loadConfig(context.clewHome));
     for (let i = 0; i < 250; i++) recorder.record({ kind: 'note', text: process.argv[2] + ' ' + i });`,
  );
  const env = { PATH: process.env['PATH'], HOME: home, CLEW_HOME: path.join(home, 'clew') };
  execFileSync('sh', ['-c', `for n in 1 2 3 4; do node "$0" $n & done; wait`, script], {
    env,
    timeout: 60_000,
  });
  now = Date.now();
  expect(new Set((await takeIn()).map((row) => row.text)).size).toBe(1000);
});
