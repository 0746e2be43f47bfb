import pc from 'picocolors';
import { expect, test } from 'vitest';
import type { OperationRow, TimelineEntry } from '../../index.ts';
import { createTimelineRenderer } from './timeline.ts';
import type { TimelineStyle } from './timeline.ts';
import type { View } from './view.ts';
import { widthOf } from './width.ts';

const now = new Date(2025, 10, 12, 14, 30).getTime();
const view: View = { width: 60, colour: pc.createColors(false), home: '/home/me', now };
const at = (hour: number, minute: number): string => new Date(2025, 10, 12, hour, minute).toISOString();

const entry = (given: Partial<TimelineEntry>): TimelineEntry => ({
  key: 'k',
  kind: 'answer',
  at: at(14, 3),
  session: 's',
  run: 's',
  depth: 0,
  turn: 't',
  text: '',
  detail: null,
  ...given,
});
const operation = (given: Partial<OperationRow>): OperationRow => ({
  id: 'toolu_1',
  name: 'Bash',
  type: 'execute',
  target: 'npm test',
  description: null,
  status: 'success',
  startedAt: null,
  durationMs: 20,
  durationFrom: 'agent',
  error: null,
  approval: null,
  approvedBy: null,
  spawned: null,
  batch: null,
  detail: null,
  changes: [],
  ...given,
});
const lines = (entries: readonly TimelineEntry[], style: Partial<TimelineStyle> = {}): string[] =>
  entries.flatMap(createTimelineRenderer(view, { workspace: '/home/me/app', ...style }));

test('a turn: the prompt, the answer, the operations; times where they change', () => {
  const change = {
    path: '/home/me/app/a.ts',
    kind: 'update' as const,
    added: 3,
    removed: 1,
    diff: '',
    partial: false,
    undoOperationId: null,
  };
  expect(
    lines([
      entry({ key: 't', kind: 'prompt', text: 'Fix the login' }),
      entry({ text: 'I look at the code first.' }),
      entry({
        kind: 'operation',
        at: at(14, 4),
        operation: operation({ name: 'Edit', target: '/home/me/app/a.ts', changes: [change] }),
      }),
      entry({
        kind: 'operation',
        at: at(14, 4),
        operation: operation({
          status: 'failed',
          durationMs: 1200,
          error: 'Exit code 1\nboom',
          detail: { exitCode: 1 },
        }),
      }),
    ]),
  ).toEqual([
    '',
    `── today ${'─'.repeat(51)}`,
    '14:03  ❯ Fix the login',
    '       • I look at the code first.',
    '14:04  ▸ Edit a.ts  +3 −1',
    '       ✗ Bash npm test  failed  exit 1  1.2 s',
    '         Exit code 1',
    '         boom',
  ]);
});

test('subagents are indented, and named when they take turns', () => {
  const names: Record<string, string> = { a: 'Explore: find it', b: 'Explore: read it' };
  const runName = (run: string): string | undefined => names[run];
  const [, , ...shown] = lines(
    [
      entry({ kind: 'agent_prompt', run: 'a', depth: 1, text: 'Find it' }),
      entry({ kind: 'agent_prompt', run: 'b', depth: 1, text: 'Read it' }),
      entry({ run: 'a', depth: 1, text: 'Found.' }),
      entry({ run: 's', text: 'Both are done.' }),
    ],
    { runName },
  );
  expect(shown).toEqual([
    '14:03    ↳ Explore: find it',
    '           Find it',
    '         ↳ Explore: read it',
    '           Read it',
    '         ↳ Explore: find it',
    '         • Found.',
    '       • Both are done.',
  ]);
});

test('long texts are cut unless all is asked for', () => {
  const long = entry({ text: Array.from({ length: 30 }, (_, i) => `line ${i + 1}`).join('\n') });
  expect(lines([long]).at(-1)).toBe('         … 18 more lines');
  expect(lines([long], { full: true }).at(-1)).toBe('         line 30');
});

test('every line fits', () => {
  const wide = entry({ kind: 'operation', depth: 9, operation: operation({ target: '漢字'.repeat(80) }) });
  for (const line of lines([wide, entry({ text: 'x'.repeat(500), depth: 3 })]))
    expect(widthOf(line)).toBeLessThanOrEqual(60);
});
