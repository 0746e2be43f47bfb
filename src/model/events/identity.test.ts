// What names an event, and which one is meant by an id that several bear.
import { expect, test } from 'vitest';
import { eventKey, knownEvents, sessionInEvents, sessionOfEvents } from './index.ts';

test('the same event has one key; another of the same id has another', () => {
  const key = eventKey('s', 'evt_001', { a: 1 });
  expect(eventKey('s', 'evt_001', { a: 1 })).toBe(key);
  expect(eventKey('s', 'evt_001', { a: 2 })).not.toBe(key);
  expect(eventKey('t', 'evt_001', { a: 1 })).not.toBe(key);
  expect(key).toMatch(/^evt_001\|[0-9a-f]{16}$/);
});

test('a session whose id is a UUID has it behind session_, and back again', () => {
  const uuid = '5f0a7a52-6c1e-4b0e-9a55-0c5d4b3c2d11';
  for (const session of [uuid, 'session_20260304_050607', 'session_default'])
    expect(sessionOfEvents(sessionInEvents(session))).toBe(session);
  expect(sessionInEvents(uuid)).toBe(`session_${uuid}`);
  expect(sessionInEvents(undefined)).toBe('session_default');
});

test('the last that bore the id is meant, in that session', () => {
  const known = knownEvents(undefined);
  known.note('s', 'evt_001', 'first');
  known.note('s', 'evt_001', 'second');
  known.note('t', 'evt_001', 'other');
  expect(known.find('s', 'evt_001')).toBe('second');
  expect(known.find('s', 'evt_002')).toBeUndefined();
});

test('a parent that goes on having children is remembered, though much comes between, and from one reader to the next', () => {
  let known = knownEvents(undefined);
  known.note('s', 'root', 'r');
  for (let n = 0; n < 5000; n++) {
    known.note('s', `evt_${n}`, `k${n}`);
    if (n % 400 === 0) known = knownEvents(JSON.parse(JSON.stringify(known.state())));
    expect(known.find('s', 'root')).toBe('r');
  }
  expect(known.find('s', 'evt_1')).toBeUndefined();
  expect(JSON.stringify(known.state()).length).toBeLessThan(130_000);
});
