// What recording an event costs, one at a time and a thousand at once, beside the least that keeps the same event: the line
// appended by Node's own appendFileSync, and a row put into SQLite by better-sqlite3 (autocommit; WAL and the default
// journal). clew also checks and redacts. All in turn, in one process. Run: node bench/events.ts [rounds]
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { openClew, systemContext } from '../src/index.ts';
import type { NewEvent } from '../src/index.ts';
import { interleave, machineLine, median, table, tempDir } from './lib.ts';

const rounds = Number(process.argv[2] ?? 9);
const singles = 2000;
const batch = 1000;
const batches = 20;

const folder = tempDir('events');
const clew = openClew({ context: systemContext({ HOME: folder, CLEW_HOME: path.join(folder, 'clew') }) });

/** Such as agents log: calls mostly, with a diff, a decision or an error now and then. */
function eventOf(n: number): NewEvent {
  const base = { session_id: 'session_20260203_101500', agent: 'coder' };
  if (n % 10 === 3)
    return {
      ...base,
      event_type: 'file_operation',
      operation: 'modify',
      file_path: `src/harbour/fees_${n % 97}.py`,
      lines_changed: 24,
      diff: Array.from(
        { length: 12 },
        (_, i) => `-    total = round(fee[${i + n}])\n+    total = sum(fee)`,
      ).join('\n'),
    };
  if (n % 10 === 6)
    return {
      ...base,
      event_type: 'decision',
      question: 'Round each berth or the sum?',
      options: ['each berth', 'the sum'],
      selected: 'each berth',
      rationale: `invoices list berths, as in case ${n}`,
      confidence: 0.9,
    };
  if (n % 10 === 9)
    return {
      ...base,
      event_type: 'error',
      error_type: 'AssertionError',
      error_message: `12.34 != ${n}.35`,
      context: { file: 'tests/test_fees.py', line: n },
      severity: 'high',
    };
  return {
    ...base,
    event_type: 'tool_usage',
    tool: 'Bash',
    operation: 'run',
    parameters: { command: `pytest -q tests/test_fees_${n}.py --maxfail 1`, timeout: 120 },
    success: n % 2 === 0,
    duration_ms: 3000 + n,
  };
}
let n = 0;
const next = (): NewEvent => eventOf(n++);
const nextBatch = (): NewEvent[] => Array.from({ length: batch }, next);

const file = path.join(folder, 'events.jsonl');
function sqlite(name: string, mode: string) {
  const db = new Database(path.join(folder, name));
  db.pragma(`journal_mode = ${mode}`);
  db.exec('CREATE TABLE event(id INTEGER PRIMARY KEY, type TEXT, data TEXT)');
  const insert = db.prepare('INSERT INTO event(type, data) VALUES (?, ?)');
  const one = (event: NewEvent): void => void insert.run(event.event_type, JSON.stringify(event));
  return { one, many: db.transaction((events: readonly NewEvent[]) => events.forEach(one)) };
}
const wal = sqlite('wal.db', 'WAL');
const plain = sqlite('plain.db', 'DELETE');

const recorders = {
  clew: {
    one: (event: NewEvent) => void clew.recordEvent(event),
    many: (all: readonly NewEvent[]) => void clew.recordEvents(all),
  },
  appendFileSync: {
    one: (event: NewEvent) => appendFileSync(file, `${JSON.stringify(event)}\n`),
    many: (all: readonly NewEvent[]) =>
      appendFileSync(file, all.map((event) => `${JSON.stringify(event)}\n`).join('')),
  },
  'better-sqlite3, WAL': wal,
  'better-sqlite3, default': plain,
} as const;

interface Measured {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly perSecond: number;
}
function measure({ one, many }: (typeof recorders)[keyof typeof recorders]): Measured {
  const times: number[] = [];
  for (let i = 0; i < singles; i++) {
    const event = next();
    const start = performance.now();
    one(event);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)]!;
  const all = Array.from({ length: batches }, nextBatch);
  const start = performance.now();
  for (const events of all) many(events);
  const perSecond = (batch * batches) / ((performance.now() - start) / 1000);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), perSecond };
}

const results = await interleave(
  rounds,
  Object.fromEntries(Object.entries(recorders).map(([name, one]) => [name, () => measure(one)])),
);
const micros = (ms: number): string => `${(ms * 1000).toFixed(0)} µs`;
table(
  `An event (${Buffer.byteLength(JSON.stringify(Array.from({ length: 10 }, (_, i) => eventOf(i)))) / 10} bytes on average)`,
  ['', 'p50', 'p95', 'p99', `a second, ${batch} at once`],
  Object.entries(results).map(([name, all]) => [
    name,
    ...(['p50', 'p95', 'p99'] as const).map((share) => micros(median(all.map((one) => one[share])))),
    Math.round(median(all.map((one) => one.perSecond))).toLocaleString('en'),
  ]),
);
console.log(`\n${machineLine()}`);
clew.close();
