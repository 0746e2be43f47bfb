import { expect, test } from 'vitest';
import { defineCommand } from './command.ts';
import { choice } from './flags.ts';
import { parse } from './parse.ts';
import { UsageError } from './usage-error.ts';

const command = defineCommand({
  summary: 'A command',
  group: 'Look',
  positionals: [{ name: 'id', required: true }, { name: 'more' }],
  flags: {
    json: { help: '' },
    follow: { help: '', short: 'f' },
    output: { help: '', value: 'FILE', short: 'o' },
    status: choice(['active', 'completed'], ''),
    project: { help: '', value: 'DIR', fallback: '.' },
    option: { help: '', value: 'TEXT', many: true },
  },
  examples: [],
  run: async () => undefined,
});
const read = (...args: string[]): ReturnType<typeof parse> => parse('try', command, args);

function failure(...args: string[]): { message: string; hint: string } {
  try {
    read(...args);
  } catch (error) {
    if (error instanceof UsageError) return { message: error.message, hint: error.hint };
  }
  throw new Error('was accepted');
}

test('flags may stand anywhere, with = or without, short or long', () => {
  expect(read('a', '-f', '--output=x', 'b')).toEqual({
    flags: { json: false, follow: true, output: 'x', option: [] },
    words: ['a', 'b'],
  });
  expect(read('-o', 'x', 'a', '--status', 'active').flags).toMatchObject({ output: 'x', status: 'active' });
  expect(read('--', '--json').words).toEqual(['--json']);
});

test('a number below zero is a word or a value, and no flag', () => {
  expect(read('a', '-1')).toMatchObject({ words: ['a', '-1'] });
  expect(read('-.5', '-o', '-2e3').words).toEqual(['-.5']);
  expect(read('a', '--output', '-2e3').flags).toMatchObject({ output: '-2e3' });
  expect(failure('a', '--output', '-x').message).toBe('--output needs a value: --output FILE');
});

test('a flag whose value can be left out', () => {
  expect(read('a', '--project').flags['project']).toBe('.');
  expect(read('a', '--project', '--json').flags).toMatchObject({ project: '.', json: true });
  expect(read('a', '--project', 'dir').flags['project']).toBe('dir');
});

test('a flag that may be given several times', () => {
  expect(read('a', '--option', 'x', '--option=y').flags['option']).toEqual(['x', 'y']);
});

test('what is not understood is named, with a way out', () => {
  expect(failure('a', '--jsom')).toEqual({ message: 'unknown flag --jsom', hint: 'did you mean --json?' });
  expect(failure('a', '-x')).toEqual({
    message: 'unknown flag -x',
    hint: '`clew try --help` shows what it takes',
  });
  expect(failure('a', '--output').message).toBe('--output needs a value: --output FILE');
  expect(failure('a', '--output', '--json').message).toBe('--output needs a value: --output FILE');
  expect(failure('a', '--json=yes').message).toBe('--json takes no value, but got "yes"');
  expect(failure('a', '--status', 'activ')).toEqual({
    message: '--status "activ" is not known',
    hint: 'did you mean active? it can be: active, completed',
  });
  expect(failure().message).toBe('<id> is missing');
  expect(failure('a', 'b', 'c').message).toBe('"c" is one word too many');
});
