// For the contract: what an adapter says that its agent tells, against what samples show.
import { expect, test } from 'vitest';
import { capabilityNames } from '../../../model/index.ts';
import type { AgentAdapter, Capabilities, Capability, Fact } from '../../../model/index.ts';
import type { ReadSample } from './reading.ts';

/** How facts show that an agent tells something. */
const shows = {
  usage: (f: Fact) => f.fact === 'message' && Object.values(f.tokens).some((n) => n > 0),
  reportedCost: (f: Fact) =>
    (f.fact === 'message' && f.reportedCost !== undefined) ||
    (f.fact === 'session' && (f.name === 'reportedCost' || f.name === 'costState')),
  diffs: (f: Fact) => f.fact === 'change' && f.diff !== '',
  subagents: (f: Fact) => f.fact === 'run',
  approvals: (f: Fact) => f.fact === 'approval',
  todos: (f: Fact) => f.fact === 'entry' && f.kind === 'todo',
  compaction: (f: Fact) => f.fact === 'entry' && f.kind === 'compaction',
} as const satisfies Partial<Record<Capability, (fact: Fact) => boolean>>;
const tellable = Object.keys(shows) as (keyof typeof shows)[];

export function describeCapabilities(adapter: AgentAdapter, samples: readonly ReadSample[]): void {
  const periodOf = (version: string): Capabilities | undefined =>
    adapter.capabilities.findLast((one) => compareVersions(one.since, version) <= 0);
  const declared = (name: Capability): boolean =>
    adapter.capabilities.some((one) => one.support[name] !== 'no');
  const shownBy = ({ facts, sources }: ReadSample): Capability[] => [
    ...tellable.filter((name) => facts.some(shows[name])),
    ...(sources.some((one) => one.source.kind === 'hooks') ? (['hooks'] as const) : []),
  ];

  test('capabilities are told for every version', () => {
    const since = adapter.capabilities.map((one) => one.since);
    expect(since[0]).toBe('');
    expect(since).toEqual(since.toSorted(compareVersions));
    for (const { support } of adapter.capabilities)
      expect(Object.keys(support).toSorted()).toEqual(capabilityNames.toSorted());
  });

  test('what a sample shows is declared', () => {
    const denied = samples.flatMap((sample) =>
      shownBy(sample)
        .filter((name) => periodOf(sample.version)?.support[name] === 'no')
        .map((name) => `${name} of ${sample.version}`),
    );
    expect(denied).toEqual([]);
  });

  test('what is declared is shown by a sample, or can be done', () => {
    const shown = new Set(samples.flatMap(shownBy));
    expect(tellable.filter((name) => declared(name) && !shown.has(name))).toEqual([]);
    expect(declared('hooks')).toBe(adapter.hooks !== undefined);
    expect(declared('hooks')).toBe(shown.has('hooks'));
    expect(declared('branch')).toBe(adapter.conversation !== undefined);
    expect(declared('resume')).toBe(adapter.program?.resume !== undefined);
  });
}

function compareVersions(a: string, b: string): number {
  const numbers = (version: string): number[] =>
    version.split(/[.-]/).map((one) => Number.parseInt(one, 10) || 0);
  const [x, y] = [numbers(a), numbers(b)];
  for (let i = 0; i < Math.max(x.length, y.length); i++)
    if ((x[i] ?? 0) !== (y[i] ?? 0)) return (x[i] ?? 0) - (y[i] ?? 0);
  return 0;
}
