// What an adapter makes of small sessions of the versions that it reads, for tests: `facts.txt` beside each version is what
// was checked by eye; `npx vitest -u` rewrites it, which a look at the difference must then justify.
import { readFileSync, readdirSync, existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { AgentAdapter, Fact, Place, SourceFile } from '../../model/index.ts';

/** Every folder in `golden` is a version; `hooks.jsonl` in it are hook calls as the spool hands them on. */
export function describeGoldens(adapter: AgentAdapter, golden: string): void {
  describe.each(readdirSync(golden))(`golden ${adapter.name} %s`, (version) => {
    const folder = path.join(golden, version);

    test('gives the facts that were checked', async () => {
      const sources = sourcesIn(adapter, folder);
      expect(sources.length).toBeGreaterThan(0);
      const lines = sources.flatMap((source) => [
        `# ${short(path.relative(folder, source.path))}`,
        ...withoutRepeats(factsOf(adapter, source).flatMap((fact) => tell(fact) ?? [])),
        '',
      ]);
      await expect(lines.join('\n')).toMatchFileSnapshot(path.join(folder, 'facts.txt'));
    });
  });
}

function sourcesIn(adapter: AgentAdapter, folder: string): SourceFile[] {
  const root = { path: folder, machine: 'laptop', origin: 'test' };
  const found = [...adapter.discover(root, (place, error) => expect.fail(`${place}: ${error.message}`))];
  const hooks = path.join(folder, 'hooks.jsonl');
  const hooked = { agent: adapter.name, kind: 'hooks', machine: 'laptop', path: hooks } as const;
  if (existsSync(hooks)) found.push({ ...hooked, session: undefined, run: undefined });
  return found.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function factsOf(adapter: AgentAdapter, source: SourceFile): Fact[] {
  const lines =
    source.kind === 'document'
      ? [...(adapter.documents?.read(source, 0) ?? [])]
      : readFileSync(source.path, 'utf8').split('\n').filter(Boolean);
  const facts: Fact[] = [];
  const reader = adapter.reader(source, undefined);
  for (const [i, line] of lines.entries())
    reader.read({ value: JSON.parse(line) as Record<string, unknown>, pos: i, line: i + 1 }, (fact) =>
      facts.push(fact),
    );
  return facts;
}

/** Ids of goldens are numbered: only the number is shown. */
const short = (id: string | undefined): string =>
  id === undefined ? '-' : id.replaceAll(/\b0*(\d+)-5e55-4000-8000-0{12}/g, '$1');

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
    case 'session':
      return fact.name === 'activity'
        ? undefined
        : `session s${short(fact.session)} ${fact.name} ${short(fact.value)}`;
    case 'checkpoint':
    case 'action':
      throw new Error(`${fact.fact} is clew's own`);
    case 'record': {
      const { kind, session, subject, text, data } = fact;
      return `record ${kind} ${subject ?? '-'} s${short(session ?? undefined)} ${short(JSON.stringify({ text, data }))}`;
    }
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
