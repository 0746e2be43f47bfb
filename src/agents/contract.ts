// What every adapter must hold, whatever its agent writes: run by each adapter's contract.test.ts on small sessions of
// every version that it reads. Only for tests.
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { turnKinds } from '../model/index.ts';
import type { AgentAdapter, Fact, SourceFile } from '../model/index.ts';
import { describeCapabilities } from './shared/contract/capabilities.ts';
import { describeEquipment } from './shared/contract/equipment.ts';
import { faultOf } from './shared/contract/faults.ts';
import { faultsOfDisfigured, renamed } from './shared/contract/garbage.ts';
import { factsInBatches, factsOf, machine, readSample } from './shared/contract/reading.ts';
import type { Json, Sample } from './shared/contract/reading.ts';

/** The samples in `golden/<version>/`; `hooks.jsonl` there are hook calls as the spool hands them on. */
export function goldenSamples(adapter: AgentAdapter, folder: string): Sample[] {
  return readdirSync(folder).map((version) => {
    const hooks = path.join(folder, version, 'hooks.jsonl');
    const source = { agent: adapter.name, kind: 'hooks', machine, path: hooks } as const;
    const more = existsSync(hooks) ? [{ ...source, session: undefined, run: undefined }] : [];
    return { version, folder: path.join(folder, version), more };
  });
}

/** A reader's state is written with every batch. */
const maxState = 256 * 1024;

export function describeAdapter(adapter: AgentAdapter, samples: readonly Sample[]): void {
  const all = samples.map((sample) => readSample(adapter, sample));
  const read = all.flatMap((sample) => sample.sources);
  const sources = read.map((one) => one.source);

  describe(`${adapter.title} keeps the contract`, () => {
    describePlaces(adapter, samples, sources);

    test('every sample holds something', () => {
      expect(all.filter((sample) => sample.facts.length === 0)).toEqual([]);
    });

    test('facts are well formed', () => {
      const facts = all.flatMap((sample) => sample.facts);
      expect(facts.flatMap((fact) => faultOf(fact) ?? [])).toEqual([]);
      expect(facts.filter((fact) => 'key' in fact && fact.key === '')).toEqual([]);
    });

    test('every session says whose it is', () => {
      for (const { source, records } of read) {
        const facts = factsOf(adapter, source, records);
        const told = (name: 'agent' | 'machine'): Set<string> =>
          new Set(facts.flatMap((f) => (f.fact === 'session' && f.name === name ? [f.session] : [])));
        const seen = new Set(
          facts.flatMap((f) => (f.fact === 'call' || f.fact === 'message' ? [f.place.session] : [])),
        );
        const isTold = (one: string): boolean => told('agent').has(one) && told('machine').has(one);
        expect([...seen].filter((one) => !isTold(one))).toEqual([]);
      }
    });

    test('nothing in the samples is not understood', () => {
      expect(all.flatMap((sample) => sample.facts).filter((fact) => fact.fact === 'oddity')).toEqual([]);
    });

    test('what happens to a call names a call that was made', () => {
      for (const { facts } of all) {
        const calls = new Set(facts.flatMap((fact) => (fact.fact === 'call' ? [fact.key] : [])));
        const isLost = (call: string | undefined): boolean => call !== undefined && !calls.has(call);
        expect(facts.filter((fact) => isLost(callOf(fact)))).toEqual([]);
      }
    });

    test('a turn is named by what it began with', () => {
      for (const { facts } of all) {
        const isTurn = (fact: Fact): boolean =>
          fact.fact === 'entry' && turnKinds.some((kind) => kind === fact.kind);
        const turns = new Set(facts.filter(isTurn).map((fact) => ('key' in fact ? fact.key : '')));
        const lost = facts.filter(
          (fact) => 'place' in fact && fact.place.turn && !turns.has(fact.place.turn),
        );
        expect(lost).toEqual([]);
      }
    });

    test.each([1, 2, 7])('in batches of %i records they give the same facts', (size) => {
      for (const { source, records } of read)
        expect(factsInBatches(adapter, source, records, size)).toEqual(factsOf(adapter, source, records));
    });

    test('read again, or from a copy elsewhere, they give the same facts', () => {
      for (const { source, records } of read) {
        const copy = { ...source, path: path.join('/elsewhere', path.basename(source.path)) };
        expect(factsOf(adapter, copy, records)).toEqual(factsOf(adapter, source, records));
      }
    });

    test('what a reader remembers is bounded JSON', () => {
      for (const { source, records } of read) {
        const reader = adapter.reader(source, undefined);
        for (let round = 0; round < 64; round++)
          for (const [i, value] of records.entries())
            reader.read({ value: renamed(value, round) as Json, pos: i, line: i + 1 }, () => {});
        const state = JSON.stringify(reader.state());
        expect(JSON.parse(state)).toEqual(reader.state());
        expect(state.length).toBeLessThan(maxState);
      }
    });

    test('what is of another shape does no harm', () => {
      const faults = read.flatMap(({ source, records }) => faultsOfDisfigured(adapter, source, records));
      expect(faults).toEqual([]);
    });

    test('what is unknown is told', () => {
      // Small documents have no types.
      for (const { source, records } of read.filter((one) => one.source.kind !== 'meta'))
        for (const value of [{}, { type: 'of-the-future', payload: { type: 'of-the-future' } }]) {
          const facts = factsOf(adapter, source, [...records, value]).slice(-4);
          expect(facts).toContainEqual(expect.objectContaining({ fact: 'oddity' }));
        }
    });

    describeCapabilities(adapter, all);
  });
  describeEquipment(adapter);
}

/** The call that a fact is about, beside those that tell the call itself. */
function callOf(fact: Fact): string | undefined {
  if (fact.fact === 'change') return fact.operation;
  return fact.fact === 'result' || fact.fact === 'approval' ? fact.key : undefined;
}

function describePlaces(
  adapter: AgentAdapter,
  samples: readonly Sample[],
  sources: readonly SourceFile[],
): void {
  test('a file is recognised as what it was discovered as', () => {
    const discovered = sources.filter((one) => one.kind !== 'hooks' && one.stamp === undefined);
    expect(discovered.map((one) => adapter.recognise(one.path, machine))).toEqual(discovered);
  });

  test('a file of another kind is not recognised', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'clew-contract-'));
    for (const name of ['README.md', 'notes.txt', 'package.json']) {
      writeFileSync(path.join(folder, name), '{}');
      expect(adapter.recognise(path.join(folder, name), machine)).toBeUndefined();
    }
    rmSync(folder, { recursive: true });
  });

  test('a folder that is not there is reported, or passed over', () => {
    const root = { path: '/nowhere/at/all', machine, origin: 'test' };
    expect([...adapter.discover(root, () => {})]).toEqual([]);
    expect(adapter.processes(root).size).toBe(0);
  });

  test('folders that are refused are not entered', () => {
    for (const { folder } of samples) {
      const refused: string[] = [];
      const found = adapter.discover(
        { path: folder, machine, origin: 'test' },
        () => {},
        (place) => {
          refused.push(place);
          return false;
        },
      );
      const inside = [...found].filter((one) =>
        refused.some((place) => one.path.startsWith(place + path.sep)),
      );
      expect(inside).toEqual([]);
    }
  });

  test('roots are of the home that is given, and none comes twice', () => {
    const home = '/some/home';
    const context = { env: {}, home, clewHome: `${home}/clew`, cwd: home, machine, now: () => 0 };
    const config = { sources: [{ agent: adapter.name, path: '~/copies', machine: 'elsewhere' }] };
    const found = adapter.roots(context, config as never).map((root) => root.path);
    expect(found).toContain('/some/home/copies');
    expect(found.length).toBeGreaterThan(1);
    expect(found.filter((place) => !place.startsWith(`${home}/`))).toEqual([]);
    expect(new Set(found).size).toBe(found.length);
  });
}
