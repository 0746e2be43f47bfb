import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ClewError } from '../../../model/errors.ts';
import { hookCommand, isClewCommand } from './command.ts';
import { addHooks, commandHooks, removeHooks } from './settings.ts';

const script = '/home/u/.local/share/clew/hooks/record.sh';
const commandOf = (event: string) =>
  hookCommand(script, '/home/u/.local/share/clew/spool', 'claude-code', event);
const isOurs = isClewCommand('claude-code');
const own = { commandOf, isOurs, timeout: 10 };
const events = ['SessionStart', 'PreToolUse', 'Stop'];
const add = (text: string | undefined, on = events) => addHooks(text, on, own);
const remove = (text: string) => removeHooks(text, isOurs);
const hooked = (text: string) =>
  commandHooks(text, 'f')
    .filter((hook) => isOurs(hook.command))
    .map((hook) => hook.event)
    .sort();
const lines = (...all: string[]) => all.join('\n');

const commented = lines(
  '// my settings',
  '{',
  '\t"model": "opus", // the good one',
  '\t/* permissions',
  '\t * below */',
  '\t"permissions": { "allow": ["Bash(ls:*)"] },',
  '\t"hooks": {',
  '\t\t// mine',
  '\t\t"Stop": [',
  '\t\t\t{ "hooks": [{ "type": "command", "command": "say done // loudly" }] }, // first',
  '\t\t],',
  '\t\t"PostToolUse": [{"matcher": "Edit", "hooks": [{"type": "command", "command": "fmt"}]}] // last',
  '\t}, // end of hooks',
  '\t"zeta": 1,',
  '\t"alpha": [2, 1]',
  '}',
  '',
);

const files: [string, string][] = [
  ['empty object', '{}'],
  ['plain', '{\n  "model": "opus"\n}\n'],
  ['four spaces', '{\n    "model": "opus",\n    "env": {\n        "A": "1"\n    }\n}'],
  ['minified', '{"model":"opus","hooks":{"Stop":[{"hooks":[{"type":"command","command":"say"}]}]}}'],
  ['comments and tabs', commented],
  ['CRLF', commented.replaceAll('\n', '\r\n')],
  ['byte order mark', `\uFEFF${commented}`],
  ['trailing comma and comment', '{\n  "a": 1, // c\n}\n'],
  ['comma on the next line', '{\n  "a": 1 // c\n  , "hooks": { "W": [] , "X": [] }\n}\n'],
  ['closing brace on the same line', '{\n  "a": 1 }\n'],
  ['first line shared', '{ "a": 1,\n  "b": 2 }\n'],
];

describe.each(files)('%s', (_name, text) => {
  const added = add(text);
  test('every event is hooked once, adding again changes nothing', () => {
    expect(hooked(added)).toEqual([...events].sort());
    expect(add(added)).toBe(added);
  });
  test('removing gives back the text', () => {
    expect(remove(added)).toBe(text);
  });
});

test('line ends stay of one kind', () => {
  expect(add(commented.replaceAll('\n', '\r\n')).replaceAll('\r\n', '')).not.toContain('\n');
});

test('a new file is indented and ends in a newline', () => {
  expect(add(undefined, ['Stop'])).toBe(
    `${JSON.stringify({ hooks: { Stop: [{ hooks: [{ type: 'command', command: commandOf('Stop'), timeout: 10 }] }] } }, undefined, 2)}\n`,
  );
  expect(add('', ['Stop'])).toBe(add(undefined, ['Stop']));
});

test('the lines that clew adds are the only ones that change', () => {
  const before = commented.split('\n');
  const kept = add(commented)
    .split('\n')
    .filter((line) => before.includes(line) || before.includes(line.replace(',', '')));
  for (const line of before.filter((line) => !line.includes('// last'))) expect(kept).toContain(line);
  expect(add(commented)).toContain('[{"type": "command", "command": "fmt"}]}], // last\n');
});

test('another set of events, another command', () => {
  const old = addHooks(commented, ['Stop', 'Notification', 'PreToolUse'], own);
  const script = "/it's moved/hooks/record.sh";
  const moved = { ...own, commandOf: (event: string) => hookCommand(script, '/spool', 'claude-code', event) };
  const now = addHooks(old, ['Stop', 'SessionEnd'], moved);
  expect(hooked(now)).toEqual(['SessionEnd', 'Stop']);
  expect(now).not.toContain(JSON.stringify(commandOf('Stop')));
  expect(remove(now)).toBe(commented);
  expect(hooked(addHooks(now, [], moved))).toEqual([]);
});

test('an entry of an older clew, which did not name the event, is replaced', () => {
  const unnamed = (event: string) => commandOf(event).replace(` ${event} 2>`, ' 2>');
  const old = addHooks(commented, events, { ...own, commandOf: unnamed });
  expect(hooked(old)).toEqual([...events].sort());
  expect(add(old)).toBe(add(commented));
  expect(remove(old)).toBe(commented);
});

test('an entry that stands there twice is made one', () => {
  const entry = { hooks: [{ type: 'command', command: commandOf('Stop') }] };
  const twice = JSON.stringify({ hooks: { Stop: [entry, entry] } });
  expect(hooked(add(twice, ['Stop']))).toEqual(['Stop']);
});

test('comments and entries of others survive in the lists that clew made', () => {
  const added = add('{\n  "a": 1\n}\n', ['Stop', 'PreToolUse']);
  const touched = added
    .replace('"Stop": [', '"Stop": [ // my note')
    .replace(
      '"PreToolUse": [',
      '"PreToolUse": [\n      { "hooks": [{ "type": "command", "command": "mine" }] },',
    );
  const removed = remove(touched);
  expect(removed).toContain('// my note');
  expect(commandHooks(removed, 'f').map((hook) => hook.command)).toEqual(['mine']);
  expect(hooked(removed)).toEqual([]);
});

test('a list that was empty before stays', () => {
  const text = '{\n  "hooks": {\n    "Notification": []\n  }\n}\n';
  expect(remove(add(text))).toBe(text);
});

test('whatever JSON: added once, all else unchanged, and removed without a trace', () => {
  const other = fc.record({
    hooks: fc.array(fc.record({ type: fc.constant('command'), command: fc.string() })),
  });
  const settings = fc.dictionary(fc.string(), fc.jsonValue()).chain((rest) =>
    fc.record({
      text: fc.constant(rest),
      hooks: fc.option(
        fc.dictionary(fc.constantFrom('Stop', 'PreToolUse', 'X'), fc.array(other, { minLength: 1 }), {
          minKeys: 1,
        }),
      ),
      indent: fc.constantFrom(undefined, 1, 2, '\t'),
    }),
  );
  fc.assert(
    fc.property(settings, ({ text: rest, hooks, indent }) => {
      fc.pre(!('hooks' in rest) && !('__proto__' in rest));
      const text = JSON.stringify({ ...rest, ...(hooks && { hooks }) }, undefined, indent);
      const added = add(text);
      expect(hooked(added)).toEqual([...events].sort());
      expect(add(added)).toBe(added);
      expect(JSON.parse(added)).toMatchObject(JSON.parse(JSON.stringify(rest)));
      expect(remove(added)).toBe(text);
    }),
  );
});

test.each([
  ['{\n  "a": 1,\n  oops\n}', 'f.json:3:3', 'not valid JSON'],
  ['{"a": 1', 'f.json:1:8', 'not valid JSON'],
  ['[]', 'f.json:1:1', 'the file must be an object'],
  ['{\n  "hooks": []\n}', 'f.json:2:12', '"hooks" must be an object'],
  ['{"hooks": {"Stop": {}}}', 'f.json:1:20', '"Stop" must be an array'],
  ['{"hooks": {"Stop": ["x"]}}', 'f.json:1:21', 'a hook of "Stop" must be an object'],
  ['{"hooks": {"Stop": [{"command": "x"}]}}', 'f.json:1:21', '"hooks" of "Stop" must be an array'],
  ['{"hooks": {}, "hooks": {}}', 'f.json:1:15', 'a second time'],
])('%j is refused with the place', (text, place, what) => {
  for (const act of [
    () => addHooks(text, events, own, 'f.json'),
    () => removeHooks(text, isOurs, 'f.json'),
  ]) {
    expect(act).toThrow(ClewError);
    expect(act).toThrow(`${place}: ${what}`.slice(0, place.length));
    expect(act).toThrow(what);
  }
});
