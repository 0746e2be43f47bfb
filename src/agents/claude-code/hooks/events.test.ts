import { expect, test } from 'vitest';
import { dropsUnknown, eventsFor, knownEvents, leftOut } from './events.ts';

const nine = eventsFor('1.0.128');

test('a version gets what it is known to know, and nothing newer', () => {
  expect(eventsFor('0.2.126')).toEqual([]);
  expect(eventsFor('1.0.60')).toHaveLength(7);
  expect(nine).toHaveLength(9);
  expect(eventsFor('2.0.30')).toEqual(nine);
  expect(eventsFor('2.0.77')).toHaveLength(12);
  expect(eventsFor('2.1.100')).not.toContain('UserPromptExpansion');
  expect(eventsFor('2.1.128')).toContain('UserPromptExpansion');
  expect(eventsFor('2.1.329')).toContain('PostModelSwitch');
  expect(eventsFor('2.1.1000')).toEqual(eventsFor('3.0.0'));
});

test('a version that is not known gets the nine of 1.0.128', () => {
  for (const version of [undefined, '', 'unknown', '2.1', 'v2.1.329'])
    expect(eventsFor(version)).toEqual(nine);
});

test('what is left out exists, has a reason, and is registered with no version', () => {
  const everything = knownEvents('99.0.0');
  expect(new Set(everything).size).toBe(everything.length);
  for (const [event, why] of Object.entries(leftOut)) {
    expect(everything).toContain(event);
    expect(why).not.toBe('');
  }
  expect(eventsFor('99.0.0')).toHaveLength(everything.length - Object.keys(leftOut).length);
  for (const event of ['WorktreeCreate', 'WorktreeRemove', 'MessageDisplay', 'FileChanged'])
    expect(eventsFor('99.0.0')).not.toContain(event);
});

test('versions up to 2.1.100 drop a file for one unknown event', () => {
  expect([undefined, '1.0.128', '2.1.100', '2.1.101', '2.1.329'].map(dropsUnknown)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});
