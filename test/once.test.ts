// Exactly once: however sources are cut, repeated, rewritten, and whoever reads them, the index holds the same.
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generate } from './generate/generate.ts';
import { tempFolder, testHome } from './support/home.ts';
import type { TestHome } from './support/home.ts';
import { positionsOf, tablesOf } from './support/tables.ts';
import type { Tables } from './support/tables.ts';
import { real } from './support/real.ts';

/** A generated home of a few sessions with subagents, forks and compactions. */
function sampleHome(bytes: number, seed: number): string {
  const home = tempFolder();
  generate({ dir: home, bytes, seed, sessionBytes: Math.ceil(bytes / 6) });
  return home;
}

const transcripts = (home: string): string[] =>
  readdirSync(path.join(home, '.claude', 'projects'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted();

/** Imports a home as it lies, in one go. The copy stands at the same path as the one under test, as paths are content. */
async function inOneGo(home: TestHome): Promise<Tables> {
  const reference = { ...home.context, clewHome: `${home.context.clewHome}-reference` };
  const { openClew } = await import('../src/index.ts');
  const clew = openClew({ context: reference });
  await clew.import();
  clew.close();
  return withoutCutting(tablesOf(reference.clewHome));
}

/** Placeholders' salts differ between two homes, so nothing here has secrets in it. */
const withoutCutting = (tables: Tables): Tables => tables;

describe('importing', () => {
  test('twice changes nothing', async () => {
    const home = testHome({ home: sampleHome(1 << 20, 1) });
    const clew = home.open();
    const first = await clew.import();
    const tables = tablesOf(home.context.clewHome);
    const second = await clew.import();
    expect(first.lines).toBeGreaterThan(100);
    expect(second).toMatchObject({ ran: true, files: 0, lines: 0, bytes: 0 });
    expect(tablesOf(home.context.clewHome)).toEqual(tables);
  });

  test('files that grow in pieces cut anywhere gives what one import gives', async () => {
    const whole = sampleHome(300_000, 2);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { minLength: 1, maxLength: 6 }), fc.nat(), async (cuts, order) => {
        const home = testHome();
        const files = transcripts(whole);
        const target = (file: string): string => path.join(home.context.home, path.relative(whole, file));
        for (const file of files) {
          mkdirSync(path.dirname(target(file)), { recursive: true });
          writeFileSync(target(file), '');
        }
        const clew = home.open();
        for (const round of [...cuts, -1]) {
          // Sources come in another order each round, and each grows by another amount.
          for (const [i, file] of files.entries()) {
            const bytes = readFileSync(file);
            const size = statSync(target(file)).size;
            const to =
              round < 0 || file.endsWith('.meta.json')
                ? bytes.length
                : size + ((round + order * i) % Math.max(1, bytes.length - size));
            appendFileSync(target(file), bytes.subarray(size, to));
          }
          await clew.import();
        }
        expect(tablesOf(home.context.clewHome)).toEqual(await inOneGo(home));
        clew.close();
      }),
      { numRuns: 12 },
    );
  });

  test('a line cut inside a character that takes several bytes is taken in whole', async () => {
    const home = testHome();
    const words = 'schön 漢字 🧵 é';
    const line = Buffer.from(`${JSON.stringify(prompt('11111111-1111-4111-8111-111111111111', words))}\n`);
    const file = home.write('p/11111111-1111-4111-8111-111111111111.jsonl', []);
    const clew = home.open();
    for (const byte of line) {
      appendFileSync(file, Buffer.from([byte]));
      await clew.import();
    }
    expect(clew.timeline('11111111').entries.map((entry) => entry.text)).toEqual([words]);
  });

  test('two importers at once take every line in once', async () => {
    const home = testHome({ home: sampleHome(3 << 20, 3) });
    const { spawn } = await import('node:child_process');
    const program = path.join(import.meta.dirname, 'support', 'import-once.ts');
    const env = { ...process.env, TEST_HOME: home.context.home, TEST_CLEW: home.context.clewHome };
    const runs = Array.from(
      { length: 3 },
      () =>
        new Promise((resolve) =>
          spawn(process.execPath, [program], { env, stdio: 'inherit' }).on('exit', resolve),
        ),
    );
    expect(await Promise.all(runs)).toEqual([0, 0, 0]);
    expect(tablesOf(home.context.clewHome)).toEqual(await inOneGo(home));
    expect(home.open().verify().problems).toEqual([]);
  });

  test.skipIf(!real.isThere)(`a session that grows as it did in life (skipped: ${real.why})`, async () => {
    const home = testHome();
    const session = 'fdd24234-3c2a-4958-91ed-59c63b12ba1e';
    const folder = path.join(real.growth, session);
    const file = home.write(`p/${session}.jsonl`, []);
    const clew = home.open();
    for (const state of readdirSync(folder).toSorted()) {
      copyFileSync(path.join(folder, state), file);
      await clew.import();
    }
    const db = tablesOf(home.context.clewHome);
    expect(db).toEqual(await inOneGo(home));
    expect(db['message']?.length).toBeGreaterThan(100);
  });
});

describe('a source that was', () => {
  const id = '22222222-2222-4222-8222-222222222222';
  const lines = (n: number, from = 0): object[] =>
    Array.from({ length: n }, (_, i) => prompt(id, `prompt ${from + i}`, from + i));
  const texts = (home: TestHome): string[] =>
    home
      .open()
      .timeline(id)
      .entries.map((entry) => entry.text);

  test('truncated keeps what it had, and takes in what comes', async () => {
    const home = testHome();
    const clew = home.open();
    home.write(`p/${id}.jsonl`, lines(5));
    await clew.import();
    home.write(`p/${id}.jsonl`, lines(2));
    await clew.import();
    expect(texts(home)).toHaveLength(5);
    home.write(`p/${id}.jsonl`, [...lines(2), ...lines(2, 7)]);
    await clew.import();
    expect(texts(home)).toEqual([0, 1, 2, 3, 4, 7, 8].map((n) => `prompt ${n}`));
  });

  test('rewritten in the middle, with its length kept, is noticed', async () => {
    const home = testHome();
    const clew = home.open();
    const file = home.write(`p/${id}.jsonl`, lines(200));
    await clew.import();
    const changed = readFileSync(file, 'utf8')
      .replace('prompt 100"', 'PROMPT 100"')
      .replace(uuid(100), uuid(900));
    writeFileSync(file, changed);
    await clew.import();
    expect(texts(home)).toHaveLength(201);
    expect(texts(home)).toContain('PROMPT 100');
  });

  test('replaced by another file keeps both', async () => {
    const home = testHome();
    const clew = home.open();
    const file = home.write(`p/${id}.jsonl`, lines(3));
    await clew.import();
    rmSync(file);
    home.write(`p/${id}.jsonl`, lines(6, 50));
    await clew.import();
    expect(texts(home)).toHaveLength(9);
  });

  test('deleted is still there', async () => {
    const home = testHome();
    const clew = home.open();
    const file = home.write(`p/${id}.jsonl`, lines(3));
    await clew.import();
    rmSync(file);
    await clew.import();
    clew.reindex();
    expect(texts(home)).toHaveLength(3);
  });

  test('moved to another folder is counted once', async () => {
    const home = testHome();
    const clew = home.open();
    home.write(`p/${id}.jsonl`, lines(3));
    await clew.import();
    cpSync(path.join(home.projects, 'p'), path.join(home.projects, 'q'), { recursive: true });
    await clew.import();
    expect(clew.sessions()).toHaveLength(1);
    expect(texts(home)).toHaveLength(3);
  });
});

describe('reindex', () => {
  test('from streams alone gives the same rows, positions included', async () => {
    const home = testHome({ home: sampleHome(1 << 20, 5) });
    const clew = home.open();
    await clew.import();
    // A second state of the sources, so that there are frames of several generations.
    for (const file of transcripts(home.context.home)
      .filter((one) => one.endsWith('.jsonl'))
      .slice(0, 3))
      writeFileSync(file, readFileSync(file).subarray(0, statSync(file).size >> 1));
    await clew.import();
    const before = { ...tablesOf(home.context.clewHome), ...positionsOf(home.context.clewHome) };
    rmSync(path.join(home.context.home, '.claude'), { recursive: true });
    clew.reindex();
    expect({ ...tablesOf(home.context.clewHome), ...positionsOf(home.context.clewHome) }).toEqual(before);
  });

  test('an index that is gone is made again by whatever command comes next', async () => {
    const home = testHome({ home: sampleHome(300_000, 6) });
    const clew = home.open();
    await clew.import();
    const before = tablesOf(home.context.clewHome);
    clew.close();
    rmSync(path.join(home.context.clewHome, 'index.db'));
    await home.open().import();
    expect(tablesOf(home.context.clewHome)).toEqual(before);
  });
});

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

function prompt(session: string, words: string, n = 0): object {
  return {
    type: 'user',
    uuid: uuid(n),
    parentUuid: null,
    isSidechain: false,
    sessionId: session,
    cwd: '/work',
    version: '2.1.329',
    timestamp: new Date(Date.UTC(2026, 9, 1, 12, 0, n)).toISOString(),
    message: { role: 'user', content: words },
  };
}
