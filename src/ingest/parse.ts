// Stream content → records → facts. The same for what has just been read and for what a stream has held for years.
import type { Fact, RecordReader } from '../model/index.ts';

const newline = 0x0a;

export interface ParsedContent {
  readonly facts: Fact[];
  readonly lines: number;
  /** Placeholders of secrets in the content, by rule. */
  readonly redacted: Readonly<Record<string, number>>;
}

const placeholder = '[REDACTED:';

function countPlaceholders(content: Buffer): Record<string, number> {
  const counts: Record<string, number> = {};
  for (let at = content.indexOf(placeholder); at >= 0; at = content.indexOf(placeholder, at + 1)) {
    const rule = /^[a-z0-9-]+(?=:[0-9a-f]{8}\])/.exec(
      content.toString('latin1', at + placeholder.length, at + 80),
    )?.[0];
    if (rule) counts[rule] = (counts[rule] ?? 0) + 1;
  }
  return counts;
}

/** Parses whole lines of content that begins at `pos`, `line` lines into the stream. Never throws for bad content. */
export function parseLines(content: Buffer, pos: number, line: number, reader: RecordReader): ParsedContent {
  const facts: Fact[] = [];
  const emit = (fact: Fact): void => {
    facts.push(fact);
  };
  let count = 0;
  for (let start = 0; start < content.length;) {
    const found = content.indexOf(newline, start);
    const end = found < 0 ? content.length : found;
    count++;
    const at = { pos: pos + start, line: line + count };
    const value = end > start ? parseLine(content, start, end) : null;
    if (value === undefined) emit({ fact: 'oddity', kind: 'bad-line', what: 'not a JSON object', ...at });
    else if (value !== null) {
      try {
        reader.read({ value, ...at }, emit);
      } catch (error) {
        emit({ fact: 'oddity', kind: 'reader-failure', what: (error as Error).message.slice(0, 200), ...at });
      }
    }
    start = end + 1;
  }
  return { facts, lines: count, redacted: countPlaceholders(content) };
}

/** The object on a line; null for a blank line, undefined for anything else. */
function parseLine(content: Buffer, start: number, end: number): Record<string, unknown> | null | undefined {
  let text = content.toString('utf8', start, end);
  if (text.charCodeAt(0) === 0xfeff) text = text.slice(1);
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return text.trim() === '' ? null : undefined;
  }
}
