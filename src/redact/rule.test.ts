// Work is bounded by structure: whatever stands around an anchor, a rule looks at no more than `longestMatch`.
import { expect, it } from 'vitest';
import { longestMatch, type Rule } from './rule.ts';
import { builtInRules } from './rules/index.ts';
import { createScan } from './scan.ts';

const anchorsOf = (rules: readonly Rule[]) =>
  rules.flatMap((rule) =>
    rule.anchors.map((text) => ({ text, anyCase: rule.anyCase ?? false, value: rule.name })),
  );

it.each(['a', '/9j/4AAQSkZJRgABAQ', 'eyJ', '\\', '\\"', '-', '=', 'a1'])(
  'a huge line of %s gives the rules no work',
  (unit) => {
    let hits = 0;
    createScan(anchorsOf(builtInRules))(Buffer.from(unit.repeat(100_000)), () => hits++);
    expect(hits).toBe(0);
  },
);

it.each(builtInRules.map((rule) => [rule.name, rule] as const))(
  '%s looks no further than it may',
  (_, rule) => {
    const leads = ['', ' ', 'A1', '="', ': "', '://u:', '-----', ' PRIVATE KEY-----', '=a=', '123456789'];
    const fillers = [
      'a',
      'A',
      '7',
      'aZ3',
      '0a',
      '.a1',
      'k=v; ',
      'eyJa1.',
      '\\n',
      '-',
      '"',
      '+/',
      '%3D',
      '@a',
    ];
    for (const anchor of rule.anchors) {
      const written = anchor.replaceAll('?', 'a').replaceAll('#', '0');
      for (const lead of leads) {
        for (const filler of fillers) {
          const endless = written + lead + filler.repeat((longestMatch * 2) / filler.length);
          const match = rule.at(endless, 0);
          expect(match?.to ?? 0).toBeLessThanOrEqual(longestMatch);
          expect(rule.at(endless.slice(0, longestMatch), 0)).toEqual(match);
        }
      }
    }
  },
);

it.each(builtInRules.map((rule) => [rule.name, rule] as const))(
  '%s sees no further than its line',
  (_, rule) => {
    for (const anchor of rule.anchors) {
      const written = anchor.replaceAll('?', 'a').replaceAll('#', '0');
      for (const rest of [
        'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0fG3hJ6kL9',
        '="aB3dE6gH9jK2',
        ': aB3dE6gH9jK2',
        '://u:aB3dE6gH9jK2@h',
      ]) {
        for (let at = 0; at < rest.length; at++) {
          const cut = `${written}${rest.slice(0, at)}`;
          expect(rule.at(`${cut}\n${rest.slice(at)}`, 0)).toEqual(rule.at(cut, 0));
        }
      }
    }
  },
);
