// Every key, and what it makes of where the reader is.
import { describe, expect, test } from 'vitest';
import { step } from './fixture.ts';
import { keysIn } from './keys.ts';
import { press, startAt } from './state.ts';
import type { Scene, State } from './state.ts';

const steps = Array.from({ length: 12 }, (_, i) =>
  step(i + 1, i === 7 ? 'the clock' : `text ${i + 1}`, { beginsTurn: i % 4 === 0 }),
);
const scene: Scene = { steps, lines: 50, rows: 10, files: [] };

const after = (keys: string, from: State = startAt(0), where = scene): State => {
  let state = from;
  for (const key of keysIn(keys)) state = press(state, key, where);
  return state;
};

describe('steps', () => {
  test('forward and back, each in three and two ways', () => {
    expect(after('n \u001B[C').step).toBe(3);
    expect(after('p\u001B[D', startAt(5)).step).toBe(3);
  });
  test('end at both ends, and say so', () => {
    expect(after('p')).toMatchObject({ step: 0, said: 'this is the first step' });
    expect(after('n', startAt(11))).toMatchObject({ step: 11, said: 'this is the last step' });
    expect(after('np').said).toBe('');
  });
  test('first and last', () => {
    expect(after('G').step).toBe(11);
    expect(after('Gg').step).toBe(0);
  });
  test('next and previous turn', () => {
    expect(after('t').step).toBe(4);
    expect(after('T', startAt(6)).step).toBe(4);
    expect(after('T', startAt(4)).step).toBe(0);
    expect(after('t', startAt(9))).toMatchObject({ step: 9, said: 'this is the last turn' });
  });
  test('begin at their top', () => {
    expect(after('jjn')).toMatchObject({ step: 1, scroll: 0 });
  });
});

describe('scrolling', () => {
  test('by lines and pages, no further than the ends', () => {
    expect(after('jj\u001B[Bk').scroll).toBe(2);
    expect(after('\u001B[6~').scroll).toBe(9);
    expect(after('\u001B[6~'.repeat(9)).scroll).toBe(40);
    expect(after('j\u001B[5~').scroll).toBe(0);
    expect(after('j', startAt(0), { ...scene, lines: 3 }).scroll).toBe(0);
  });
});

describe('a number', () => {
  test('and Enter is the step with this number', () => {
    expect(after('10\r')).toMatchObject({ step: 9, typing: null });
    expect(after('13\r', startAt(2))).toMatchObject({ step: 2, said: 'there are steps 1 to 12' });
  });
  test('can be corrected, given up, or cut short by another key', () => {
    expect(after('19\u007F2\r').step).toBe(11);
    expect(after('12\u001B\r').step).toBe(0);
    expect(after('5n')).toMatchObject({ step: 1, typing: null });
    expect(after('5\u007F').typing).toBeNull();
  });
});

describe('words', () => {
  test('lead to the next step with them, keys of other meanings included', () => {
    expect(after('/clock')).toMatchObject({ step: 0, typing: { what: 'words', text: 'clock' } });
    expect(after('/the clock\r')).toMatchObject({ step: 7, typing: null, said: '' });
    expect(after('/q')).toMatchObject({ done: false });
  });
  test('are sought again without being typed, and around the end', () => {
    expect(after('/text 1\r').step).toBe(9);
    expect(after('/text 1\r/\r').step).toBe(10);
    expect(after('/clock\r', startAt(9))).toMatchObject({ step: 7, said: 'from the start again' });
    expect(after('/clock\r/\r')).toMatchObject({ step: 7, said: 'only this step' });
  });
  test('that no step has are told', () => {
    expect(after('/nowhere\r')).toMatchObject({ step: 0, said: 'no step has “nowhere”' });
  });
  test('are given up with Escape, or by taking all of them back', () => {
    expect(after('/x\u001B').typing).toBeNull();
    expect(after('/x\u007F').typing).toEqual({ what: 'words', text: '' });
    expect(after('/x\u007F\u007F').typing).toBeNull();
  });
});

describe('files', () => {
  const list: Scene = { ...scene, lines: 13, rows: 5, files: 'abcdefghijkl'.split('') };
  const inList = (keys: string): State => after(keys, { ...startAt(0), shows: 'files' }, list);

  test('are shown by f, on every step until it is pressed again', () => {
    expect(after('jfn')).toMatchObject({ shows: 'files', step: 1, scroll: 0 });
    expect(after('ff').shows).toBe('step');
  });
  test('are chosen up and down, by pages too, and no further than the ends', () => {
    expect(inList('jj\u001B[Bk').file).toBe('c');
    expect(inList('\u001B[6~').file).toBe('e');
    expect(inList('\u001B[6~'.repeat(9))).toMatchObject({ file: 'l', scroll: 8 });
    expect(inList('jjjjjjkkkkkkk')).toMatchObject({ file: 'a', scroll: 0 });
  });
  test('are opened by Enter, stay so on the next step, and are left by f or Escape', () => {
    expect(inList('\r')).toMatchObject({ shows: 'file', file: 'a' });
    expect(inList('jj\rn')).toMatchObject({ shows: 'file', file: 'c', step: 1 });
    expect(inList('jj\rf')).toMatchObject({ shows: 'files', file: 'c' });
    expect(inList('jj\r\u001B')).toMatchObject({ shows: 'files', file: 'c' });
    expect(inList('jj\rff').shows).toBe('step');
    expect(after('\r').shows).toBe('step');
  });
});

test('q and Ctrl-C leave; Ctrl-C while typing, too', () => {
  expect(after('q').done).toBe(true);
  expect(after('/words\u0003').done).toBe(true);
  expect(after('x').done).toBe(false);
});
