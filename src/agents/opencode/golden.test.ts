// What the adapter makes of small sessions of three versions, made by running them, and of one session told twice.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Fact, SourceFile } from '../../model/index.ts';
import { describeGoldens } from '../shared/golden.ts';
import { openCode } from './index.ts';

const golden = path.join(import.meta.dirname, 'golden');

function sourcesOf(version: string): SourceFile[] {
  const folder = path.join(golden, version);
  const root = { path: folder, machine: 'laptop', origin: 'test' };
  const found = [...openCode.discover(root, (place, error) => expect.fail(`${place}: ${error.message}`))];
  const hooks = path.join(folder, 'hooks.jsonl');
  const source = { agent: 'opencode', kind: 'hooks', machine: 'laptop', path: hooks } as const;
  return [
    ...found.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    ...(existsSync(hooks) ? [{ ...source, session: undefined, run: undefined }] : []),
  ];
}

const linesOf = (source: SourceFile): string[] =>
  source.kind === 'document'
    ? [...(openCode.documents?.read(source, 0) ?? [])]
    : readFileSync(source.path, 'utf8').split('\n').filter(Boolean);

function factsOf(source: SourceFile): Fact[] {
  const facts: Fact[] = [];
  const reader = openCode.reader(source, undefined);
  for (const [i, line] of linesOf(source).entries())
    reader.read({ value: JSON.parse(line), pos: i, line: i + 1 }, (fact) => facts.push(fact));
  return facts;
}

const keysOf = (source: SourceFile | undefined): Set<string> =>
  new Set((source ? factsOf(source) : []).flatMap((fact) => ('key' in fact ? [fact.key] : [])));

describeGoldens(openCode, golden);

describe('what stands in two places is one thing', () => {
  const sources = sourcesOf('1.18.33');
  const exported = sources.find((one) => one.path.endsWith('export.json'));
  const ofSession = sources.find((one) => one.path.endsWith(`.db#${exported?.session}`));

  test('a session in the database and in an export', () => {
    expect(exported?.session).toBe(ofSession?.session);
    expect(keysOf(exported)).toEqual(keysOf(ofSession));
  });

  test('messages that a fork copied under new ids', () => {
    const facts = sources
      .filter((one) => one.kind === 'document')
      .map((one) => ({ one, facts: factsOf(one) }));
    const fork = facts.find(({ facts: all }) =>
      all.some(
        (fact) => fact.fact === 'session' && fact.name === 'title' && fact.value.endsWith('(fork #1)'),
      ),
    );
    const original = keysOf(ofSession);
    const messages = (fork?.facts ?? []).flatMap((fact) => (fact.fact === 'message' ? [fact.key] : []));
    expect(messages.filter((key) => original.has(key))).toHaveLength(12);
    expect(messages.filter((key) => !original.has(key))).toHaveLength(2);
  });

  test('a call that the plugin and the database tell of', () => {
    const hooks = sources.find((one) => one.kind === 'hooks');
    const called = new Set(
      (hooks ? factsOf(hooks) : []).flatMap((fact) => (fact.fact === 'call' ? [fact.key] : [])),
    );
    const stored = sources.filter((one) => one.kind === 'document').flatMap(factsOf);
    const calls = new Set(stored.flatMap((fact) => (fact.fact === 'call' ? [fact.key] : [])));
    expect(called.size).toBeGreaterThan(10);
    expect(calls).toEqual(called);
  });
});
