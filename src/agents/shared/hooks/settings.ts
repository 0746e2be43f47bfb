// Puts clew's hooks into the text of an agent's settings file and takes them out again. Everything else in the file
// stays as it is, byte for byte. The shape, of several agents: {"hooks": {EVENT: [{"matcher"?, "hooks": [{"type", "command"}]}]}}.
import {
  getNodeValue,
  type JSONPath,
  type Node,
  parseTree,
  type ParseError,
  printParseErrorCode,
} from 'jsonc-parser';
import { ClewError } from '../../../model/errors.ts';
import { append, hasMore, remove, replace } from './json-edit.ts';

/** What is put on events, and known again. */
export interface OwnHook {
  readonly commandOf: (event: string) => string;
  /** Any clew's command, also that of another $CLEW_HOME or an older version. */
  readonly isOurs: (command: string) => boolean;
  /** How long the agent waits, in its own unit. */
  readonly timeout: number;
}

/** The text with the hook on each of `events`, once, and on no other event. The file's name is for messages. */
export function addHooks(
  text: string | undefined,
  events: readonly string[],
  { commandOf, isOurs, timeout }: OwnHook,
  file = 'settings.json',
): string {
  const { mark, body } = split(text);
  let result = body.trim() ? body : '{}\n';
  const present = new Set<string>();
  const surplus: CommandHook[] = [];
  for (const hook of commandHooks(result, file).filter((hook) => isOurs(hook.command))) {
    if (!events.includes(hook.event) || present.has(hook.event)) surplus.push(hook);
    else if (hook.command !== commandOf(hook.event))
      result = replace(result, [...hook.path, 'command'], commandOf(hook.event));
    present.add(hook.event);
  }
  for (const hook of surplus.reverse()) result = removeHook(result, hook.path);

  for (const event of events.filter((event) => !present.has(event))) {
    const entry = { hooks: [{ type: 'command', command: commandOf(event), timeout }] };
    const { hooks } = settingsOf(result, file);
    if (!hooks) result = append(result, [], {}, 'hooks');
    if (hooks?.[event]) result = append(result, ['hooks', event], entry);
    else result = append(result, ['hooks'], [entry], event);
  }
  return mark + result;
}

/** The text without the hooks that `isOurs` knows, and without the lists that this leaves empty. */
export function removeHooks(
  text: string,
  isOurs: (command: string) => boolean,
  file = 'settings.json',
): string {
  const { mark, body } = split(text);
  if (!body.trim()) return text;
  const ours = commandHooks(body, file).filter((hook) => isOurs(hook.command));
  return mark + ours.reverse().reduce((result, hook) => removeHook(result, hook.path), body);
}

export interface CommandHook {
  readonly event: string;
  readonly command: string;
  readonly path: JSONPath;
}

/** Every command hook of a settings file, in order. Throws when the text is not what the agent would take. */
export function commandHooks(text: string, file: string): CommandHook[] {
  return Object.entries(settingsOf(split(text).body, file).hooks ?? {}).flatMap(([event, groups]) =>
    groups.flatMap(({ hooks }, group) =>
      hooks.flatMap(({ command }, index) =>
        typeof command === 'string'
          ? [{ event, command, path: ['hooks', event, group, 'hooks', index] }]
          : [],
      ),
    ),
  );
}

export interface Settings {
  readonly hooks?: Readonly<
    Record<string, readonly { readonly hooks: readonly { readonly command?: unknown }[] }[]>
  >;
  readonly [key: string]: unknown;
}

/** What a settings file says. Throws BAD_INPUT with the place of the first thing that is wrong. */
export function settingsOf(text: string, file: string): Settings {
  const { body } = split(text);
  const fail = (offset: number, what: string): never => {
    const lines = body.slice(0, offset).split('\n');
    const place = `${file}:${lines.length}:${lines.at(-1)!.length + 1}`;
    throw new ClewError(
      'BAD_INPUT',
      `${place}: ${what}`,
      `Put this right in ${file} by hand, then run the command again.`,
    );
  };
  const expect = (node: Node | undefined, type: 'object' | 'array', what: string, parent?: Node): Node[] => {
    if (node?.type !== type) fail((node ?? parent)?.offset ?? 0, `${what} must be an ${type}`);
    return node!.children ?? [];
  };
  const errors: ParseError[] = [];
  const root = parseTree(body.trim() ? body : '{}', errors, { allowTrailingComma: true });
  if (errors[0]) fail(errors[0].offset, `not valid JSON (${printParseErrorCode(errors[0].error)})`);

  const members = expect(root, 'object', 'the file');
  const named = members.filter((member) => keyOf(member) === 'hooks');
  if (named[1]) fail(named[1].offset, '"hooks" stands here a second time');
  const seen = new Set<string>();
  for (const property of named[0] ? expect(named[0].children![1], 'object', '"hooks"') : []) {
    const event = keyOf(property);
    if (seen.has(event)) fail(property.offset, `"${event}" stands here a second time`);
    seen.add(event);
    for (const group of expect(property.children![1], 'array', `"${event}"`)) {
      const hooks = expect(group, 'object', `a hook of "${event}"`).find(
        (member) => keyOf(member) === 'hooks',
      );
      for (const hook of expect(hooks?.children![1], 'array', `"hooks" of "${event}"`, group))
        expect(hook, 'object', `a hook of "${event}"`);
    }
  }
  return getNodeValue(root!) as Settings;
}

const keyOf = (property: Node): string => String(property.children![0]!.value);

/** Removes one hook, and its group, event and `hooks` where nothing else is in them. */
function removeHook(text: string, path: JSONPath): string {
  const levels = [path, path.slice(0, 3), path.slice(0, 2), path.slice(0, 1)];
  const target = levels.find((level) => level.length === 1 || hasMore(text, level.slice(0, -1)))!;
  return remove(text, target);
}

/** A byte order mark is kept, but the parser must not see it. */
export const split = (text = ''): { mark: string; body: string } =>
  text.startsWith('\uFEFF') ? { mark: '\uFEFF', body: text.slice(1) } : { mark: '', body: text };
