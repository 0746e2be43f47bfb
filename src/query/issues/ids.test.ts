// Ids of issues in texts: what looks like one is one only where it is known.
import { describe, expect, test } from 'vitest';
import { idsIn } from './ids.ts';

const known = new Set(['bd-a3f2', 'bd-a3f2.1', 'my-app-12', 'app.core-7', 'ABC-123', '#12', 'app-2']);

describe('in a text', () => {
  test.each([
    ['fix bd-a3f2, please', ['bd-a3f2']],
    ['(bd-a3f2)', ['bd-a3f2']],
    ['bd-a3f2: noon. And bd-a3f2 again.', ['bd-a3f2']],
    ['bd-a3f2.', ['bd-a3f2']],
    ['bd-a3f2.1 first', ['bd-a3f2.1']],
    ['the bd-a3f2-related part', ['bd-a3f2']],
    ['my-app-12 and app.core-7', ['my-app-12', 'app.core-7']],
    ['ABC-123 #12', ['ABC-123', '#12']],
    ['closes #12.', ['#12']],
    // Another issue, a child that is not known, or no issue at all.
    ['bd-a3f2.7', []],
    ['bd-a3f', []],
    ['bd-a3f22', []],
    ['xbd-a3f2', []],
    ['BD-A3F2', []],
    ['#123, #1, &#12; other/repository#12, word#12', []],
    ['utf-8 pre-commit 2026-01-05 ABC-12', []],
    ['', []],
  ])('%s', (text, ids) => {
    expect(idsIn(text, known)).toEqual(ids);
  });
});

describe('in the name of a branch', () => {
  test.each([
    ['feature/bd-a3f2-clock', ['bd-a3f2']],
    ['fix-bd-a3f2', ['bd-a3f2']],
    ['mira_bd-a3f2.1_test', ['bd-a3f2.1']],
    ['my-app-12', ['my-app-12']],
    ['clock', []],
  ])('%s', (branch, ids) => {
    expect(idsIn(branch, known, 'branch')).toEqual(ids);
  });
});

test('a long text is looked through in time', () => {
  const text = 'some-pasted.log_line-with-many-parts-'.repeat(20_000);
  const before = performance.now();
  expect(idsIn(text, known)).toEqual([]);
  expect(performance.now() - before).toBeLessThan(5000);
});
