import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lines, texts } from './corpus/negative.ts';
import { inContext, tokens, type Positive } from './corpus/positive.ts';
import { createRedactor } from './index.ts';
import { builtInRules } from './rules/index.ts';

const salt = Buffer.from('the salt of this machine');
const { redact } = createRedactor({ salt });
const run = (text: string): string => redact(Buffer.from(text)).bytes.toString();
const all = [...tokens, ...inContext];
const write = ({ text = '§', secret }: Positive, standIn = secret): string =>
  text.replace('§', () => standIn);

/** How transcripts hold a text: in a string, in JSON in a string, and so on. */
const holders = {
  'a string': (text: string) => JSON.stringify({ type: 'user', content: text }),
  'the middle of a string': (text: string) => JSON.stringify({ content: `line one\n${text}\nline\tthree` }),
  'JSON in a string': (text: string) =>
    JSON.stringify({ content: JSON.stringify({ output: `a\n${text}\n` }) }),
  'JSON in JSON in a string': (text: string) => JSON.stringify([JSON.stringify([JSON.stringify([text])])]),
} as const satisfies Record<string, (text: string) => string>;

const placeholder = (rule: string): RegExp => new RegExp(`^\\[REDACTED:${rule}:[0-9a-f]{8}\\]$`);

describe('what is found', () => {
  it.each(builtInRules.map((rule) => rule.name))('%s has an example', (name) => {
    expect(all.some((positive) => positive.rule === name)).toBe(true);
  });

  it('is in the documentation, rule by rule', () => {
    const page = readFileSync(new URL('../../docs/redaction.md', import.meta.url), 'utf8');
    expect(builtInRules.map((rule) => rule.name).filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  describe.each(Object.entries(holders))('in %s', (_, hold) => {
    it.each(all.map((positive) => [positive.rule, write(positive).slice(0, 60), positive] as const))(
      '%s: %s',
      (rule, _text, positive) => {
        const line = hold(write(positive));
        const { bytes, found } = redact(Buffer.from(line));
        // Exactly the secret is gone: put back in the placeholder's place, it gives the line again.
        const [mark = ''] = /\[REDACTED:[^\]]*\]/.exec(bytes.toString()) ?? [];
        expect(mark).toMatch(placeholder(rule));
        expect(found).toEqual(new Map([[rule, 1]]));
        expect(bytes.toString()).toBe(hold(write(positive, mark)));
      },
    );
  });

  it.each(['"', "'", '=', ' ', '(', '/', '\\n', '\\t', '\\u001b[32m', '%3D', ',', '>', '`', '$'])(
    'a token after %s',
    (before) => {
      const { secret } = tokens.find(({ rule }) => rule === 'github-token')!;
      expect(run(`${before}${secret} `)).toMatch(/\[REDACTED:github-token:/);
    },
  );

  it('several secrets in one line, each under its own rule', () => {
    const line = holders['a string'](all.map((positive) => write(positive)).join('\n'));
    const { bytes, found } = redact(Buffer.from(line));
    for (const { secret } of all) expect(bytes.toString()).not.toContain(JSON.stringify(secret).slice(1, -1));
    expect([...found.keys()].sort()).toEqual([...new Set(all.map(({ rule }) => rule))].sort());
  });

  it.each(['a1"b\\c"d2\\', 'ends2with\\', 'ends2with"', "it's2good", 'x{1}[2],:3y'])(
    'the password %s to its closing quote, however deep it is escaped',
    (password) => {
      const out = run(JSON.stringify({ password, next: 'kept' }));
      expect(Object.keys(JSON.parse(out) as object)).toEqual(['password', 'next']);
      const deep = run(JSON.stringify([JSON.stringify([JSON.stringify({ password, next: 'kept' })])]));
      const [inner] = JSON.parse(deep) as [string];
      const [innermost] = JSON.parse(inner) as [string];
      const held = JSON.parse(innermost) as { password: string; next: string };
      expect(held.password).toMatch(/^\[REDACTED:assignment:[0-9a-f]{8}\]\\*$/);
      expect(held.next).toBe('kept');
    },
  );
});

describe('what is left alone', () => {
  it.each(lines)('%s', (line) => expect(run(line)).toBe(line));

  describe.each(Object.entries(holders))('in %s', (_, hold) => {
    it.each(texts)('%s', (text) => expect(run(hold(text))).toBe(hold(text)));
  });

  it('numbers and structure beside a string that ends like a key', () => {
    for (const key of ['secret=\\', 'authorization=\\', 'password', 'x token:', 'curl -u ']) {
      const json = JSON.stringify([{ [key]: -1.25e-30, b: [key, 1.25e30, { c: key }] }]);
      expect(run(json)).toBe(json);
    }
  });

  it('gives the same Buffer back, without a copy', () => {
    const bytes = Buffer.from(`${lines.join('\n')}\n`);
    expect(redact(bytes).bytes).toBe(bytes);
  });
});

describe('the placeholder', () => {
  const { secret } = tokens[0]!;

  it('is a keyed hash of the secret, so that equal ones are recognisable', () => {
    const hash = createHmac('sha256', salt).update(secret).digest('hex').slice(0, 8);
    expect(run(`${secret} and ${secret}`)).toBe(
      `[REDACTED:aws-access-key:${hash}] and [REDACTED:aws-access-key:${hash}]`,
    );
  });

  it('differs for another secret, and under another salt', () => {
    const other = createRedactor({ salt: Buffer.from('another') });
    expect(run(tokens[1]!.secret)).not.toBe(run(secret));
    expect(other.redact(Buffer.from(secret)).bytes.toString()).not.toBe(run(secret));
  });
});

describe('for any transcript', () => {
  const piece = fc.oneof(
    fc.constantFrom(...all.map((positive) => write(positive))),
    fc.constantFrom(...texts),
    fc.constantFrom(
      '"',
      '\\',
      '\\"',
      "'",
      'password',
      'token',
      '"password":"',
      'secret=',
      'authorization',
      ': "',
      '":',
      '=',
      ' ',
    ),
    fc.constantFrom(
      '\u2192',
      '\u{1f511}',
      '\u0000',
      '[REDACTED:jwt:01234567]',
      '-----BEGIN PRIVATE KEY-----',
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
  );
  const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      text,
      text.map((held) => JSON.stringify({ password: held, held })),
      fc.double(),
      fc.constantFrom(null, true, 1_234_567_890_123, 1.5e100),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(text, tie('value'), { maxKeys: 4 }),
    ),
  }));
  const line = fc.oneof(
    value.map((held) => JSON.stringify(held)),
    text.map((held) => held.replaceAll('\n', ' ')),
  );

  /** All but what strings say. */
  const shape = (json: unknown): unknown => {
    if (typeof json === 'string') return '';
    if (Array.isArray(json)) return json.map(shape);
    if (json === null || typeof json !== 'object') return json;
    return Object.values(json).map(shape);
  };

  it('JSON stays JSON of the same shape', () => {
    fc.assert(
      fc.property(value, (held) => {
        const json = JSON.stringify(held);
        expect(shape(JSON.parse(run(json)))).toEqual(shape(JSON.parse(json)));
      }),
      { numRuns: 2000 },
    );
  });

  it('what was redacted stays as it is', () => {
    fc.assert(
      fc.property(line, (held) => {
        const once = redact(Buffer.from(held)).bytes;
        const twice = redact(once);
        expect(twice.bytes).toBe(once);
        expect(twice.found.size).toBe(0);
      }),
      { numRuns: 2000 },
    );
  });

  it('a line gives the same whatever lines it comes with, and wherever in memory', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 5 }), fc.nat(3), (held, shift) => {
        const together = `${held.join('\n')}\n`;
        const moved = Buffer.concat([Buffer.alloc(shift, 'k'), Buffer.from(together)]).subarray(shift);
        const alone = held.map((one) => `${run(one)}\n`).join('');
        expect(redact(moved).bytes.toString()).toBe(held.length === 0 ? together : alone);
      }),
      { numRuns: 1000 },
    );
  });
});
