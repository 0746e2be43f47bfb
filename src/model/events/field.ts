// What the fields of events may hold. A field reads a value leniently where nothing can be misunderstood (`"5"` is 5), and
// gives undefined where it is not what is wanted.

export interface Field<T = unknown, Needed extends boolean = boolean> {
  /** In words that go on with "wanted is": `a whole number`. */
  readonly wanted: string;
  readonly needed: Needed;
  /** Stands where the field is left out. */
  readonly fallback?: T;
  /** How it is written where all is text, such as on a command line; a text or a number where this is left out. */
  readonly form?: 'list' | 'json' | 'switch';
  /** Null is a value of it; elsewhere a null counts as left out. */
  readonly takesNull?: true;
  readonly read: (value: unknown) => T | undefined;
}

const optional = <T>(wanted: string, read: Field<T>['read'], form?: Field['form']): Field<T, false> => ({
  wanted,
  needed: false,
  read,
  ...(form && { form }),
});
export const needed = <T>(field: Field<T, false>): Field<T, true> => ({ ...field, needed: true });
export const or = <T>(field: Field<T, false>, fallback: T): Field<T, false> => ({ ...field, fallback });

const readText = (value: unknown): string | undefined =>
  typeof value === 'string' ? value.trim() : undefined;

function readNumber(value: unknown): number | undefined {
  const n = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof n === 'number' && Number.isFinite(n) ? n : undefined;
}

const yes: ReadonlySet<unknown> = new Set([true, 1, '1', 'true', 't', 'yes', 'y', 'on']);
const no: ReadonlySet<unknown> = new Set([false, 0, '0', 'false', 'f', 'no', 'n', 'off']);
function readFlag(value: unknown): boolean | undefined {
  const word = typeof value === 'string' ? value.trim().toLowerCase() : value;
  if (yes.has(word)) return true;
  return no.has(word) ? false : undefined;
}

function readTexts(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const texts = value.map(readText);
  return texts.every((one) => one !== undefined) ? texts : undefined;
}

export type JsonObject = Readonly<Record<string, unknown>>;
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const text = optional('a string', readText);
export const texts = optional('a list of strings', readTexts, 'list');
export const flag = optional('true or false', readFlag, 'switch');
export const number = optional('a number', readNumber);
export const whole = optional('a whole number', (value) => {
  const n = readNumber(value);
  return Number.isSafeInteger(n) ? n : undefined;
});
export const object = optional('an object', (value) => (isObject(value) ? value : undefined), 'json');

export const beginning = (start: string): Field<string, false> =>
  optional(`a string that begins with ${start}`, (value) => {
    const read = readText(value);
    return read?.startsWith(start) ? read : undefined;
  });

export const between = (least: number, most: number): Field<number, false> =>
  optional(`a number from ${least} to ${most}`, (value) => {
    const n = readNumber(value);
    return n !== undefined && n >= least && n <= most ? n : undefined;
  });

export const oneOf = <const W extends string>(...words: readonly W[]): Field<W, false> =>
  optional(words.join(' or '), (value) => {
    const read = readText(value);
    return words.find((word) => word === read);
  });
