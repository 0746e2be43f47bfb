// Patches by their own words, as versions without patch events wrote them (records cut down to what matters).
import { expect, test } from 'vitest';
import type { Fact } from '../../model/index.ts';
import { codex } from './index.ts';

const thread = '00000001-5e55-4000-8000-000000000000';
const patch = [
  '*** Begin Patch',
  '*** Add File: new.txt',
  '+one',
  '+two',
  '*** Update File: src/a.txt',
  '@@ fn',
  ' same',
  '-old',
  '+new',
  '*** Update File: b.txt',
  '*** Move to: c.txt',
  '@@',
  '-x',
  '+y',
  '*** Delete File: d.txt',
  '*** End Patch',
  '',
].join('\n');
const success =
  '{"output":"Success. Updated the following files:\\nA new.txt\\n","metadata":{"exit_code":0}}';

function read(...items: object[]): Fact[] {
  const source = { agent: 'codex', kind: 'transcript', machine: 'm', path: '/x' } as const;
  const reader = codex.reader({ ...source, session: thread, run: undefined }, undefined);
  const records = [
    { type: 'session_meta', payload: { id: thread, cwd: '/work', cli_version: '0.58.0' } },
    ...items.map((payload) => ({ type: 'type' in payload ? 'response_item' : '', payload })),
  ];
  const facts: Fact[] = [];
  for (const [i, record] of records.entries())
    reader.read(
      { value: { timestamp: `2026-01-01T00:00:0${i}.000Z`, ...record }, pos: i, line: i + 1 },
      (fact) => facts.push(fact),
    );
  return facts;
}
const changes = (facts: readonly Fact[]) => facts.filter((fact) => fact.fact === 'change');
const output = (words: string): object => ({ type: 'function_call_output', call_id: 'c', output: words });
const calls: [string, object][] = [
  ['its input', { type: 'custom_tool_call', call_id: 'c', name: 'apply_patch', input: patch }],
  [
    'an argument',
    { type: 'function_call', call_id: 'c', name: 'apply_patch', arguments: JSON.stringify({ input: patch }) },
  ],
  [
    'a command',
    {
      type: 'function_call',
      call_id: 'c',
      name: 'shell',
      arguments: JSON.stringify({ command: ['apply_patch', patch] }),
    },
  ],
];

test.each(calls)('a patch given as %s is told with its changes', (_how, call) => {
  const told = changes(read(call, output(success)));
  expect(told.map(({ path, kind, added, removed }) => [path, kind, added, removed])).toEqual([
    ['/work/new.txt', 'create', 2, 0],
    ['/work/src/a.txt', 'update', 1, 1],
    ['/work/b.txt', 'delete', 0, 0],
    ['/work/c.txt', 'create', 1, 1],
    ['/work/d.txt', 'delete', 0, 0],
  ]);
  expect(told.every((change) => change.partial)).toBe(true);
});

test.each(calls)('a patch given as %s that did not apply changed nothing', (_how, call) => {
  expect(changes(read(call, output('apply_patch verification failed: no such lines')))).toEqual([]);
});
