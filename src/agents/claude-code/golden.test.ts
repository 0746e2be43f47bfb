// What the adapter makes of small sessions of seven versions, made by running them. `facts.txt` beside each is what was
// checked by eye; `npx vitest -u` rewrites it, which a look at the difference must then justify.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseLines } from '../../ingest/parse.ts';
import type { Fact, Place, SourceFile } from '../../model/index.ts';
import { claudeCode } from './index.ts';

const golden = path.join(import.meta.dirname, 'golden');

function sourcesOf(version: string): SourceFile[] {
  const folder = path.join(golden, version);
  const root = { path: folder, machine: 'laptop', origin: 'test' };
  const found = [...claudeCode.discover(root, (place, error) => expect.fail(`${place}: ${error.message}`))];
  const hooks = path.join(folder, 'hooks.jsonl');
  if (existsSync(hooks))
    found.push({
      agent: 'claude-code',
      kind: 'hooks',
      machine: 'laptop',
      path: hooks,
      session: undefined,
      run: undefined,
    });
  return found.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

const readWhole = (source: SourceFile): Fact[] =>
  parseLines(readFileSync(source.path), 0, 0, claudeCode.reader(source, undefined)).facts;

/** One record at a time, each with a reader made from what the one before has saved. */
function readByRecord(source: SourceFile): Fact[] {
  const facts: Fact[] = [];
  let saved: string | undefined;
  let pos = 0;
  for (const [line, text] of readFileSync(source.path, 'utf8')
    .split(/(?<=\n)/)
    .entries()) {
    const reader = claudeCode.reader(source, saved === undefined ? undefined : JSON.parse(saved));
    const bytes = Buffer.from(text);
    facts.push(...parseLines(bytes, pos, line, reader).facts);
    saved = JSON.stringify(reader.state());
    pos += bytes.length;
  }
  return facts;
}

/** Ids of goldens are numbered: only the number is shown. */
const short = (id: string | undefined): string =>
  id === undefined ? '-' : id.replaceAll(/\b0*(\d+)-(?:5e55|0000)-4000-8000-0{12}/g, '$1');

const where = (place: Place): string =>
  [
    place.run === place.session ? `s${short(place.session)}` : `s${short(place.session)}/${short(place.run)}`,
    `t${short(place.turn)}`,
    place.at === 0 ? '-' : new Date(place.at).toISOString().slice(14, 23),
    ...(place.rank === 0 ? [] : [`rank ${place.rank}`]),
  ].join(' ');

/** A fact on a line, without what is of no account: positions, and repeated times of activity. */
function tell(fact: Fact): string | undefined {
  switch (fact.fact) {
    case 'session': {
      if (fact.name === 'activity') return undefined;
      const value =
        fact.name === 'costState'
          ? `${(JSON.parse(fact.value) as { totalCostUSD: number }).totalCostUSD} USD`
          : short(fact.value);
      return `session s${short(fact.session)} ${fact.name} ${value}`;
    }
    case 'checkpoint':
    case 'action':
    case 'record':
      throw new Error(`${fact.fact} is clew's own`);
    case 'oddity':
      return `oddity ${fact.kind} ${fact.what}`;
    default: {
      const { fact: kind, place, ...rest } = fact;
      return `${kind} [${where(place)}] ${short(JSON.stringify(rest))}`;
    }
  }
}

/** Hooks say of whom they tell each time. */
function withoutRepeats(lines: readonly string[]): string[] {
  const seen = new Set<string>();
  return lines.filter((line) => !line.startsWith('session ') || (!seen.has(line) && seen.add(line)));
}

function report(sources: readonly SourceFile[], version: string): string {
  const lines = sources.flatMap((source) => [
    `# ${short(path.relative(path.join(golden, version), source.path))}`,
    ...withoutRepeats(readWhole(source).flatMap((fact) => tell(fact) ?? [])),
    '',
  ]);
  return lines.join('\n');
}

describe.each(readdirSync(golden))('golden %s', (version) => {
  const sources = sourcesOf(version);

  test('gives the facts that were checked', async () => {
    await expect(report(sources, version)).toMatchFileSnapshot(path.join(golden, version, 'facts.txt'));
  });

  test('gives the same facts read one record at a time', () => {
    for (const source of sources) expect(readByRecord(source)).toEqual(readWhole(source));
  });

  test('holds nothing that is not understood', () => {
    expect(sources.flatMap(readWhole).filter((fact) => fact.fact === 'oddity')).toEqual([]);
  });

  test('needs little memory between batches', () => {
    for (const source of sources) {
      const reader = claudeCode.reader(source, undefined);
      parseLines(readFileSync(source.path), 0, 0, reader);
      expect(JSON.stringify(reader.state()).length).toBeLessThan(16_384);
    }
  });
});
