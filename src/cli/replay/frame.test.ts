// What stands on the screen and in pipes, without a terminal.
import { expect, test } from 'vitest';
import { widthOf } from '../render/width.ts';
import { at, entry, operation, step, view } from './fixture.ts';
import { keysIn } from './keys.ts';
import { plainLines } from './plain.ts';
import { createPlayer } from './player.ts';
import type { Player, Size } from './player.ts';
import type { Recording } from './recording.ts';

const edit = operation('toolu_1', {
  name: 'Edit',
  target: '/w/app/src/clock.ts',
  status: 'failed',
  error: 'boom',
});
const recording: Recording = {
  session: 's',
  title: 'Fix the \u001B[2Jclock',
  workspace: '/w/app',
  steps: [
    step(1, 'Fix it.', {
      beginsTurn: true,
      checkpoint: 'c1',
      entry: entry('p', { kind: 'prompt', text: 'Fix it.', at: at(3) }),
    }),
    step(2, '', {
      subagent: 'Explore: clocks',
      entry: entry('o', { kind: 'operation', depth: 1, operation: edit }),
    }),
    step(3, Array.from({ length: 40 }, (_, i) => `line ${i + 1}`).join('\n')),
  ],
  changesOf: ({ number }) =>
    number === 2
      ? [
          {
            path: '/w/app/src/clock.ts',
            kind: 'update',
            added: 1,
            removed: 1,
            diff: '@@ -1 +1 @@\n-tick\n+tock\u001B]0;x\u0007\n',
            partial: false,
            sharedWith: ['toolu_2'],
          },
        ]
      : [],
  filesAt: ({ checkpoint }) =>
    checkpoint === null
      ? 'No checkpoint'
      : {
          checkpoint,
          root: '/w/app',
          since: 'c0',
          files: [
            { path: 'a.ts', type: 'file', size: 12, change: null },
            { path: 'src/clock.ts', type: null, size: null, change: 'delete' },
            { path: 'two\nlines', type: 'executable', size: 1000, change: 'update' },
          ],
        },
  fileAt: ({ number, checkpoint }, path) =>
    checkpoint === null
      ? 'No checkpoint'
      : {
          checkpoint,
          root: '/w/app',
          path,
          type: 'file',
          size: 9,
          text: `of ${number}\u001B[2J\nend\n`,
          why: null,
        },
};
const size: Size = { rows: 10, view };

function open(keys = ''): Player {
  const player = createPlayer(recording, 0);
  for (const key of keysIn(keys)) player.press(key, size);
  return player;
}

test('a step, where it stands, and how its files come back', () => {
  expect(open().screen(size)).toEqual([
    '❯ prompt',
    '  Fix it.',
    ...Array.from({ length: 6 }, () => ''),
    ' step 1 of 3 · today 14:03 · Fix the ␛[2… · clew restore c1 ',
    '→ next  ← back  t turn  / find  f files  q quit             ',
  ]);
});

test('an operation with its end, its error, its diff and whose doing it may be, indented below its subagent', () => {
  expect(open('n').screen({ rows: 15, view }).slice(0, 11)).toEqual([
    '  ↳ Explore: clocks',
    '  ✗ Edit',
    '    src/clock.ts',
    '    failed · 20 ms',
    '    boom',
    '',
    '  update src/clock.ts  +1 −1',
    '  @@ -1 +1 @@',
    '  -tick',
    '  +tock␛]0;x␇',
    '  By this or by what ran at the same time: toolu_2',
  ]);
});

test('as many lines of a long step as there is room for, wherever the reader scrolls and however large the window', () => {
  const player = open('G\u001B[6~');
  expect(player.screen(size)[0]).toBe('  line 7');
  expect(player.screen(size).at(-1)).toMatch(/ {2}↓↑ 8–15 of 41$/);
  expect(player.screen({ rows: 100, view })[0]).toBe('• answer');
  for (const rows of [1, 2, 3, 10, 100])
    for (const width of [20, 33, 60])
      for (const keys of ['', 'n', 'G', 'f', 'f\r', '/漢字漢字漢字漢字漢字漢字'])
        expect(
          open(keys)
            .screen({ rows, view: { ...view, width } })
            .map((line) => widthOf(line) <= width),
        ).toEqual(Array.from({ length: rows }, () => true));
});

test('all files, one line each, what was changed by then first and marked, one of them chosen', () => {
  expect(open('f').screen(size).slice(0, 5)).toEqual([
    '2 files in /w/app, 2 changed since c0',
    '› − src/clock.ts  deleted',
    '  ~ two␊lines  1.0 kB executable',
    '    a.ts  12 B',
    '',
  ]);
  expect(open('fjj').screen(size)[3]).toBe('›   a.ts  12 B');
  expect(open('fn').screen(size)[0]).toBe('No checkpoint');
});

test('a file as it was at the step, and at the next', () => {
  expect(open('fjj\r').screen(size).slice(0, 3)).toEqual(['a.ts', 'of 1␛[2J', 'end']);
  expect(open('fjj\rn').screen(size).slice(0, 2)).toEqual(['a.ts', 'No checkpoint']);
  expect(open('fjj\r\u001B').screen(size)[3]).toBe('›   a.ts  12 B');
});

test('the chosen file is in sight, however small the window', () => {
  for (const keys of ['f', 'fj', 'fjj', 'fjj\r\u001B', 'fnp', 'fjjk'])
    for (const rows of [3, 4, 5])
      expect(
        open(keys)
          .screen({ rows, view })
          .filter((line) => line.startsWith('›')),
      ).toHaveLength(1);
});

test('what is typed stands at the foot', () => {
  expect(open('/clo').screen(size).at(-1)).toMatch(/^\/clo█/);
  expect(open('12').screen(size).at(-1)).toMatch(/^step 12█/);
  expect(open('/nowhere\r').screen(size).at(-1)).toMatch(/^no step has “nowhere”/);
});

test('all steps one after the other, numbered, from any', () => {
  const lines = plainLines(recording, 0, view);
  expect(lines.slice(0, 4)).toEqual([
    'Fix the ␛[2Jclock',
    '',
    '── step 1 of 3 · today 14:03 · clew restore c1',
    '❯ prompt',
  ]);
  expect(lines.at(-1)).toBe('  line 40');
  expect(plainLines(recording, 2, view)[2]).toBe('── step 3 of 3 · today 14:00');
});
