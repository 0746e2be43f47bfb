import { expect, it } from 'vitest';
import * as fc from 'fast-check';
import { ClewError } from '../model/errors.ts';
import { createRedactor, type RedactConfig } from './index.ts';
import { tokens } from './corpus/positive.ts';

const salt = Buffer.alloc(16, 7);
const run = (text: string, config: RedactConfig): string =>
  createRedactor({ salt, config })
    .redact(Buffer.from(text))
    .bytes.toString()
    .replace(/:[0-9a-f]{8}\]/g, ']');
const rule = (pattern: string, more: object = {}): RedactConfig => ({
  rules: [{ name: 'own', pattern, ...more }],
});
const github = tokens.find((positive) => positive.rule === 'github-token')!.secret;

it('a rule of the user finds what its pattern says', () => {
  expect(run('{"a":"id ACME-1234 ok"}', rule('ACME-\\d+'))).toBe('{"a":"id [REDACTED:own] ok"}');
});

it('a group says which part is the secret, flags how to match', () => {
  const config = rule('staff id: (\\w+)', { group: 1, flags: 'i' });
  expect(run('Staff ID: k77, staff id: k78', config)).toBe(
    'Staff ID: [REDACTED:own], staff id: [REDACTED:own]',
  );
});

it('a pattern may hold any letters', () => {
  expect(run('{"a":"Schlüssel k77"}', rule('Schlüssel (\\w+)', { group: 1 }))).toBe(
    '{"a":"Schlüssel [REDACTED:own]"}',
  );
});

it('only contents of strings are replaced', () => {
  expect(run('{"card":4111111111111111,"a":"4111111111111111"}', rule('\\d{16}'))).toBe(
    '{"card":4111111111111111,"a":"[REDACTED:own]"}',
  );
  expect(run('{"a":"x1","b":"x2"}', rule('x1.*x2'))).toBe(
    '{"a":"[REDACTED:own]","[REDACTED:own]":"[REDACTED:own]"}',
  );
});

it('what overlaps is one secret, under the name of what begins first', () => {
  const rules = [
    { name: 'late', pattern: 'cdef' },
    { name: 'early', pattern: 'abcd' },
  ];
  expect(run('-abcdef-', { rules })).toBe('-[REDACTED:early]-');
});

it('no match crosses a line', () => {
  expect(run('a1\nb2\n', rule('a1\\sb2'))).toBe('a1\nb2\n');
  expect(run('a1\nb2\n', rule('[^]+'))).toBe('[REDACTED:own]\n[REDACTED:own]\n');
});

it('any pattern leaves JSON valid, and what it redacted alone', () => {
  const patterns = fc.constantFrom(
    'n',
    '\\\\',
    '"',
    '.',
    '[^]',
    '\\d',
    'u00',
    '[A-Z]+',
    '.{3}',
    ':',
    '(?=a)',
    '\\w+',
    'e',
  );
  fc.assert(
    fc.property(patterns, fc.json(), (pattern, json) => {
      const { redact } = createRedactor({ salt, config: rule(pattern) });
      const once = redact(Buffer.from(json)).bytes;
      expect(() => JSON.parse(once.toString()) as unknown).not.toThrow();
      expect(redact(once).bytes).toBe(once);
    }),
    { numRuns: 1000 },
  );
});

it('an exception leaves a match alone', () => {
  expect(run(github, { allow: [`^${github.slice(0, 12)}`] })).toBe(github);
  expect(run(github, { allow: ['^nothing$'] })).toBe('[REDACTED:github-token]');
});

it('a rule can be switched off', () => {
  expect(run(github, { disable: ['github-token'] })).toBe(github);
  expect(run('ACME-1', { ...rule('ACME-\\d'), disable: ['own'] })).toBe('ACME-1');
});

it.each<[string, RedactConfig, string]>([
  ['a pattern', rule('('), 'own'],
  ['a flag', rule('a', { flags: 'q' }), 'own'],
  ['a group', rule('(a)', { group: 2 }), 'own'],
  ['a name', { rules: [{ name: 'a"b', pattern: 'a' }] }, 'a"b'],
  ['an exception', { allow: ['fine', '['] }, 'redact.allow[1]'],
])('%s that is wrong is refused, and named', (_, config, named) => {
  const message = expect.stringContaining(named) as string;
  expect(() => createRedactor({ salt, config })).toThrow(ClewError);
  expect(() => createRedactor({ salt, config })).toThrow(
    expect.objectContaining({ code: 'BAD_CONFIG', message }),
  );
});
