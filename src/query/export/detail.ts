// Reads an entry's `detail`, which is JSON of the kind's own and may be of an index that another version made.

type Json = Readonly<Record<string, unknown>>;

const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const words = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const numberIn = (detail: unknown, name: string): number | undefined => {
  const value = object(detail)[name];
  return typeof value === 'number' ? value : undefined;
};

export const flagIn = (detail: unknown, name: string): boolean => object(detail)[name] === true;

/** The items of a todo list. */
export const todosIn = (detail: unknown): { status: string; content: string }[] =>
  list(object(detail)['items']).map((item) => ({
    status: words(object(item)['status']),
    content: words(object(item)['content']),
  }));

/** The questions of a decision, with the options that were offered and the one taken. */
export const questionsIn = (
  detail: unknown,
): { question: string; options: string[]; selected: string | undefined }[] =>
  list(object(detail)['asked']).map((one) => ({
    question: words(object(one)['question']),
    options: list(object(one)['options']).map(words),
    selected: words(object(one)['selected']) || undefined,
  }));

/** One line on a retry or a compaction: what the numbers in its detail say. */
export function numbersOf(
  kind: string,
  detail: unknown,
  count: (n: number) => string,
  duration: (ms: number) => string,
): string {
  const n = (name: string): number | undefined => numberIn(detail, name);
  const parts: string[] = [];
  const [attempt, of, wait, before, after] = [
    n('attempt'),
    n('of'),
    n('inMs'),
    n('preTokens'),
    n('postTokens'),
  ];
  if (kind === 'retry') {
    if (attempt !== undefined) parts.push(`try ${attempt}${of === undefined ? '' : ` of ${of}`}`);
    if (wait !== undefined) parts.push(`again after ${duration(wait)}`);
  } else if (kind === 'compaction') {
    const trigger = words(object(detail)['trigger']);
    if (trigger) parts.push(trigger);
    if (before !== undefined)
      parts.push(`${count(before)} tokens${after === undefined ? ' before' : ` to ${count(after)}`}`);
  }
  return parts.join(', ');
}
