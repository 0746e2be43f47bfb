// For the contract: the records of samples, and the facts that an adapter makes of them.
import { readFileSync } from 'node:fs';
import type { AgentAdapter, Fact, SourceFile } from '../../../model/index.ts';

export type Json = Record<string, unknown>;

/** Sessions of one version: a folder that the adapter can discover sources in, beside it what cannot be discovered. */
export interface Sample {
  readonly version: string;
  readonly folder: string;
  /** Such as hook calls, which stand in clew's own spool. */
  readonly more?: readonly SourceFile[];
}

export interface ReadSample extends Sample {
  readonly sources: readonly { readonly source: SourceFile; readonly records: readonly Json[] }[];
  readonly facts: readonly Fact[];
}

export const machine = 'laptop';

export function readSample(adapter: AgentAdapter, sample: Sample): ReadSample {
  const root = { path: sample.folder, machine, origin: 'test' };
  const fail = (_place: string, error: Error): never => {
    throw error;
  };
  const sources = [...adapter.discover(root, fail), ...(sample.more ?? [])].map((source) => ({
    source,
    records: linesOf(adapter, source).map((line) => JSON.parse(line) as Json),
  }));
  return {
    ...sample,
    sources,
    facts: sources.flatMap(({ source, records }) => factsOf(adapter, source, records)),
  };
}

const linesOf = (adapter: AgentAdapter, source: SourceFile): string[] =>
  source.kind === 'document'
    ? [...(adapter.documents?.read(source, 0) ?? [])]
    : readFileSync(source.path, 'utf8').split('\n').filter(Boolean);

export const factsOf = (adapter: AgentAdapter, source: SourceFile, records: readonly Json[]): Fact[] =>
  factsInBatches(adapter, source, records, records.length);

/** Each batch has a reader made from what the one before has saved. */
export function factsInBatches(
  adapter: AgentAdapter,
  source: SourceFile,
  records: readonly Json[],
  size: number,
): Fact[] {
  const facts: Fact[] = [];
  let saved: string | undefined;
  for (let from = 0; from < records.length; from += size) {
    const reader = adapter.reader(source, saved === undefined ? undefined : JSON.parse(saved));
    for (const [i, value] of records.slice(from, from + size).entries())
      reader.read({ value, pos: (from + i) * 100, line: from + i + 1 }, (fact) => facts.push(fact));
    saved = JSON.stringify(reader.state());
  }
  return facts;
}
