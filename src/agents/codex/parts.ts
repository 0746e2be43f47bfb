// The words in messages, outputs and summaries: a string, or a list of parts of several kinds.
import { isObject, list, text } from '../shared/shapes.ts';

export const textOf = (parts: unknown): string =>
  typeof parts === 'string'
    ? parts
    : list(parts)
        .map((part) => (isObject(part) ? (text(part['text']) ?? '') : (text(part) ?? '')))
        .filter(Boolean)
        .join('\n');
