// docs/events.md names every type with its fields, and says which of them are needed.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { eventTypeNames, eventTypes } from './index.ts';
import type { Fields } from './index.ts';

const page = readFileSync(path.join(import.meta.dirname, '..', '..', '..', 'docs', 'events.md'), 'utf8');

test.each(eventTypeNames)('%s', (type) => {
  const row = page.split('\n').find((line) => line.startsWith(`| \`${type}\` |`)) ?? '';
  const fields: Fields = eventTypes[type];
  const told = Object.fromEntries(
    [...row.matchAll(/(\*\*)?`(\w+)`/g)]
      .filter(([, , name]) => name !== type)
      .map(([, bold, name]) => [name, bold !== undefined]),
  );
  expect(told).toEqual(Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, one.needed])));
});
