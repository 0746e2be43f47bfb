import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createPlainScan, createScan, type Anchor } from './scan.ts';

const anchors: readonly Anchor<string>[] = ['abca', 'bcab', 'aabbcc', 'a?b#', 'cc.cc'].flatMap((text) => [
  { text, anyCase: false, value: text },
  { text, anyCase: true, value: `${text} in any case` },
]);

const naive = (text: string): string[] =>
  anchors.flatMap(({ text: anchor, anyCase, value }) => {
    const source = anchor.replace('.', '\\.').replace('?', '[A-Za-z0-9]').replace('#', '[0-9a-fA-F]');
    const hits = text.matchAll(new RegExp(`(?=${source})`, anyCase ? 'gi' : 'g'));
    return Array.from(hits, (hit) => `${hit.index} ${value}`);
  });

it.each([
  ['the fast scan', createScan(anchors)],
  ['the plain scan', createPlainScan(anchors)],
])('%s finds every anchor at every place, however the text lies in memory', (_, scan) => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'A', '.', '1'), maxLength: 60 });
  fc.assert(
    fc.property(letters, fc.nat(3), (text, shift) => {
      const bytes = Buffer.concat([Buffer.alloc(shift, 'a'), Buffer.from(text)]).subarray(shift);
      const hits: string[] = [];
      scan(bytes, (at, value) => hits.push(`${at} ${value}`));
      // An anchor that ends with the chunk has nothing after it that could be a secret.
      const inside = naive(text).filter(
        (hit) => Number.parseInt(hit) + hit.split(' ')[1]!.length < text.length,
      );
      expect(hits.sort()).toEqual(expect.arrayContaining(inside.sort()));
      expect(naive(text)).toEqual(expect.arrayContaining(hits));
      expect(new Set(hits).size).toBe(hits.length);
    }),
    { numRuns: 3000 },
  );
});
