// Makes secrets that look real. They exist only at run time: a literal one would stop this repository from being
// pushed wherever secrets are looked for.
import { createHash } from 'node:crypto';

const alphabets = {
  hex: '0123456789abcdef',
  digits: '0123456789',
  base32: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
  alphanumeric: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  base64: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
} as const satisfies Record<string, string>;

/** The same characters for the same seed, every time. */
export function fake(alphabet: keyof typeof alphabets, length: number, seed = 'clew'): string {
  const from = alphabets[alphabet];
  let made = '';
  for (let block = 0; made.length < length; block++) {
    for (const byte of createHash('sha256').update(`${seed}:${block}`).digest())
      made += from[byte % from.length];
  }
  return made.slice(0, length);
}

/** A key block of so many lines, each ended by `newline` as it is written where the block stands. */
export function keyBlock(
  kind: string,
  newline: string,
  lines = 8,
): { readonly text: string; readonly body: string } {
  const body = Array.from({ length: lines }, (_, i) => fake('base64', 64, `line ${i}`)).join(newline);
  const [begin, end] = ['BEGIN', 'END'].map((word) => `-----${word} ${kind}-----`);
  return { text: [begin, body, end].join(newline), body };
}

const base64Json = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export const fakeJwt = (): string =>
  [
    base64Json({ alg: 'HS256', typ: 'JWT' }),
    base64Json({ sub: 'u1', iat: 1_700_000_000 }),
    fake('alphanumeric', 43),
  ].join('.');
