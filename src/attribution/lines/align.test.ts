// Which line comes from which, and what is said to be possible as well.
import { describe, expect, test } from 'vitest';
import { align } from './align.ts';
import { createTexts } from './text.ts';

/** Of each line of `after`: the number of the line before that it is, `+` for a new one, with `?` what it could be as well. */
function told(before: string, after: string): string[] {
  const texts = createTexts();
  const [a, b] = [before, after].map((text) => texts.of(Buffer.from(text.replaceAll(' ', '\n'))));
  if (!a || !b) throw new Error('no text');
  const { from, also } = align(a, b, texts.weight);
  const name = (i: number): string => (i < 0 ? '+' : String(i));
  return Array.from(from, (i, j) => name(i) + (also.get(j) ?? []).map((other) => `?${name(other)}`).join(''));
}

describe('lines', () => {
  test('that stand in both are the same', () => {
    expect(told('first_line second_line', 'first_line third_line second_line')).toEqual(['0', '+', '1']);
    expect(told('first_line second_line third_line', 'first_line third_line')).toEqual(['0', '2']);
  });

  test('that were put in behind an equal one could have been put in before it', () => {
    expect(told('call_one() }', 'call_one() } call_two() }')).toEqual(['0', '1?+', '+', '+?1']);
  });

  test('of which one of two equal ones went could be either', () => {
    expect(told('call_one() } }', 'call_one() }')).toEqual(['0', '1?2']);
  });

  test('are the same with other white space', () => {
    expect(told('if(x){ call(one_two); }', 'if(x){ \tcall(one_two); }')).toEqual(['0', '1', '2']);
  });

  test('that say nothing are not followed through lines that changed', () => {
    expect(told('call_the_first() } call_the_last()', 'new_beginning() } new_ending()')).toEqual([
      '+',
      '1?+',
      '+',
    ]);
    expect(told('call_the_first() } call_the_last()', 'call_the_first() } new_ending()')).toEqual([
      '0',
      '1',
      '+',
    ]);
    expect(told('a } b } c', 'd } e } f')).toEqual(['+', '1?3?+', '+', '3?1?+', '+']);
  });

  test('of long texts take no long time', () => {
    const many = Array.from({ length: 20_000 }, (_, n) => `line_number_${n % 997}_${n}`);
    const changed = many.toSpliced(10_000, 3, 'some_thing_else').toSpliced(5, 0, 'one_more_line');
    const from = told(many.join(' '), changed.join(' '));
    expect(from.filter((one) => one === '+')).toHaveLength(2);
  });
});
