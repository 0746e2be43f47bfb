// The user's own rules and exceptions, from the configuration. They are any regex: they run line by line, and only
// what lies in a JSON string is replaced, whatever they match.
import { ClewError } from '../model/errors.ts';
import { ruleName } from './placeholder.ts';

export interface UserRule {
  readonly name: string;
  readonly pattern: string;
  readonly flags?: string;
  /** The group that is the secret; without it, the whole match. */
  readonly group?: number;
}

export interface RedactConfig {
  readonly rules?: readonly UserRule[];
  /** Regexes; a secret that one of them matches is left alone. */
  readonly allow?: readonly string[];
  /** Names of rules to switch off. */
  readonly disable?: readonly string[];
}

export type FindInLine = (line: string) => Iterable<readonly [start: number, end: number]>;

const hint = 'Correct `redact` in the configuration file; patterns are JavaScript regular expressions.';

/** Text is matched as bytes, so a pattern has to be in bytes too. */
function compile(pattern: string, flags: string, of: string): RegExp {
  try {
    return new RegExp(Buffer.from(pattern).toString('latin1'), flags);
  } catch (cause) {
    throw new ClewError('BAD_CONFIG', `${of}: ${(cause as Error).message}`, hint, { cause });
  }
}

export function compileAllow(patterns: readonly string[]): (secret: string) => boolean {
  const compiled = patterns.map((pattern, i) => compile(pattern, '', `redact.allow[${i}]`));
  return (secret) => compiled.some((regex) => regex.test(secret));
}

export function compileUserRule({ name, pattern, flags = '', group = 0 }: UserRule): FindInLine {
  const of = `redact rule "${name}"`;
  if (!ruleName.test(name)) {
    throw new ClewError(
      'BAD_CONFIG',
      `${of}: a name has letters, digits, dots, dashes and underscores`,
      hint,
    );
  }
  const regex = compile(pattern, [...new Set(`${flags.replace('y', '')}dg`)].join(''), of);
  const groups = new RegExp(`${regex.source}|`, regex.flags).exec('')!.length - 1;
  if (!Number.isInteger(group) || group < 0 || group > groups) {
    throw new ClewError('BAD_CONFIG', `${of}: there is no group ${group}`, hint);
  }
  return function* find(line) {
    for (const match of line.matchAll(regex)) {
      const secret = match.indices![group];
      if (secret && secret[1] > secret[0]) yield* insideStrings(line, ...secret);
    }
  };
}

const json = /^[ \t]*(?:[[{"]|(?:-?\d[\d.eE+-]*|true|false|null)[ \t\r]*$)/;

/** The parts of a stretch that are contents of JSON strings; of a line that is no JSON, all of it. */
function* insideStrings(line: string, start: number, end: number): Iterable<readonly [number, number]> {
  if (!json.test(line)) {
    yield [start, end];
    return;
  }
  for (let open = line.indexOf('"'); open !== -1 && open < end;) {
    const close = closingQuote(line, open);
    const part = [Math.max(start, open + 1), Math.min(end, close)] as const;
    if (part[0] < part[1]) yield part;
    open = line.indexOf('"', close + 1);
  }
}

function closingQuote(line: string, open: number): number {
  for (let at = line.indexOf('"', open + 1); at !== -1; at = line.indexOf('"', at + 1)) {
    let slashes = 0;
    while (line.charCodeAt(at - 1 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0) return at;
  }
  return line.length;
}
