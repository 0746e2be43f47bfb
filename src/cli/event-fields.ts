// The words behind `clew event <type>`: flags that are the type's fields, `--file-path` for file_path.
import { baseFields, eventTypes } from '../model/events/index.ts';
import type { EventType, Fields } from '../model/events/index.ts';
import { jsonValue } from './flags.ts';
import { nearest } from './suggest.ts';
import { UsageError } from './usage-error.ts';

const flagOf = (field: string): string => `--${field.replaceAll('_', '-')}`;

export const fieldsOf = (type: EventType): Fields => ({ ...baseFields, ...eventTypes[type] });

/** What to type to see what a type takes. */
const helpOn = (type: string): string => `\`clew event ${type} --help\` shows its fields`;

export interface TypedEvent {
  readonly event: Readonly<Record<string, unknown>>;
  readonly parent: string | undefined;
  readonly session: string | undefined;
}

/** `type` undefined: there is only `--json`, `--parent` and `--session`. */
export function readEventWords(type: EventType | undefined, words: readonly string[]): TypedEvent {
  const fields = type === undefined ? {} : fieldsOf(type);
  const flags = new Map(Object.keys(fields).map((field) => [flagOf(field), field]));
  const event: Record<string, unknown> = {};
  const own: Record<string, string> = {};
  let whole: unknown = {};
  for (let i = 0; i < words.length; i++) {
    const { flag, value: inline } = flagIn(words[i]!);
    const field = flags.get(flag);
    const next = (): string => {
      const value = inline ?? words[++i];
      if (value !== undefined) return value;
      throw new UsageError(`${flag} needs a value`, helpOn(type ?? '<type>'));
    };
    if (flag === '--json') whole = jsonValue(next(), flag);
    else if (flag === '--parent' || flag === '--session') own[flag] = next();
    else if (field === undefined) throw unknown(words[i]!, type, flags.keys());
    else event[field] = valueOf(fields[field]?.form, event[field], flag, next, inline ?? words[i + 1]);
  }
  if (typeof whole !== 'object' || whole === null || Array.isArray(whole))
    throw new UsageError('--json is no JSON object', `for example: --json '{"agent": "planner"}'`);
  return {
    event: { ...whole, ...event, ...(type !== undefined && { event_type: type }) },
    parent: own['--parent'],
    session: own['--session'],
  };
}

function flagIn(word: string): { readonly flag: string; readonly value: string | undefined } {
  const at = word.startsWith('--') ? word.indexOf('=') : -1;
  return at < 0 ? { flag: word, value: undefined } : { flag: word.slice(0, at), value: word.slice(at + 1) };
}

/** Lists are given by repeating the flag, or as JSON; a switch may stand without a value. */
function valueOf(
  form: 'list' | 'json' | 'switch' | undefined,
  before: unknown,
  flag: string,
  next: () => string,
  follows: string | undefined,
): unknown {
  if (form === 'switch') return follows === undefined || follows.startsWith('--') ? true : next();
  const value = next();
  if (form === 'json') return jsonValue(value, flag);
  if (form !== 'list') return value;
  const values = value.startsWith('[') ? jsonValue(value, flag) : [value];
  return Array.isArray(before) && Array.isArray(values)
    ? [...(before as unknown[]), ...(values as unknown[])]
    : values;
}

function unknown(word: string, type: EventType | undefined, flags: Iterable<string>): UsageError {
  if (!word.startsWith('--'))
    return new UsageError(`"${word}" is one word too many`, 'words with spaces stand in quotes');
  const near = nearest(word, flags);
  return new UsageError(
    type === undefined ? `${word} needs a type before it` : `${type} has no field ${word}`,
    near ? `did you mean ${near}?` : `${helpOn(type ?? '<type>')}; further fields can stand in --json`,
  );
}

/** The fields of a type, for people. */
export function fieldLines(type: EventType): string[] {
  const rows = Object.entries(fieldsOf(type)).map(([field, { wanted, needed, fallback }]) => {
    const isFilled = field in baseFields;
    const note =
      needed && !isFilled
        ? 'needed'
        : fallback === undefined
          ? ''
          : `${JSON.stringify(fallback)} where left out`;
    return [flagOf(field), note ? `${wanted} (${note})` : wanted] as const;
  });
  const width = Math.max(...rows.map(([flag]) => flag.length));
  return [`Fields of ${type}:`, ...rows.map(([flag, what]) => `  ${flag.padEnd(width)}  ${what}`)];
}
