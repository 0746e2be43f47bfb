// Takes the secrets out of whole lines, before they are first written. A line's result depends on that line alone;
// what was redacted once stays as it is.
import { findBuiltIn, inOrder, mergeOverlaps, settle, type Finding } from './find.ts';
import { createPlaceholder } from './placeholder.ts';
import { compileAllow, compileUserRule, type RedactConfig } from './user-rules.ts';

export interface Redaction {
  readonly bytes: Buffer;
  /** How many secrets each rule found. */
  readonly found: ReadonlyMap<string, number>;
}

export interface Redactor {
  /** Takes any number of whole lines. Gives the same Buffer back if it holds no secret. */
  readonly redact: (bytes: Buffer) => Redaction;
}

const newline = 0x0a;

export function createRedactor({ salt, config = {} }: { salt: Buffer; config?: RedactConfig }): Redactor {
  const disabled = new Set(config.disable);
  const exceptions = { disabled, allowed: compileAllow(config.allow ?? []) };
  const own = (config.rules ?? [])
    .map((rule) => ({ name: rule.name, find: compileUserRule(rule) }))
    .filter((rule) => !disabled.has(rule.name));
  const placeholder = createPlaceholder(salt);

  function find(bytes: Buffer): Finding[] {
    const text = bytes.toString('latin1');
    const found = findBuiltIn(bytes, text, exceptions);
    if (own.length === 0) return mergeOverlaps(found);
    for (const [from, line] of lines(text)) {
      for (const rule of own) {
        for (const [start, end] of rule.find(line)) {
          const match = { start: from + start, end: from + end, from: from + start, to: from + end };
          const finding = settle(text, rule.name, match, exceptions);
          if (finding) found.push(finding);
        }
      }
    }
    return mergeOverlaps(found.sort(inOrder));
  }

  function replace(bytes: Buffer, findings: readonly Finding[], found: Map<string, number>): Buffer {
    const parts: Buffer[] = [];
    let done = 0;
    for (const { rule, start, end } of findings) {
      const secret = bytes.toString('latin1', start, end);
      parts.push(bytes.subarray(done, start), Buffer.from(placeholder(rule, secret), 'latin1'));
      found.set(rule, (found.get(rule) ?? 0) + 1);
      done = end;
    }
    return Buffer.concat([...parts, bytes.subarray(done)]);
  }

  /** A replacement changes what its neighbours see; so a changed line is looked at until nothing more is found. */
  function redactLine(line: Buffer, first: readonly Finding[], found: Map<string, number>): Buffer {
    let current = line;
    for (let findings = first; findings.length > 0; findings = find(current)) {
      current = replace(current, findings, found);
    }
    return current;
  }

  return {
    redact(bytes) {
      const found = new Map<string, number>();
      const findings = find(bytes);
      if (findings.length === 0) return { bytes, found };
      const parts: Buffer[] = [];
      let done = 0;
      for (let i = 0; i < findings.length;) {
        const from = bytes.lastIndexOf(newline, findings[i]!.start) + 1;
        const next = bytes.indexOf(newline, findings[i]!.start);
        const to = next === -1 ? bytes.length : next;
        const inLine: Finding[] = [];
        for (; i < findings.length && findings[i]!.start < to; i++) {
          const { start, end, ...rest } = findings[i]!;
          inLine.push({ ...rest, start: start - from, end: end - from });
        }
        parts.push(bytes.subarray(done, from), redactLine(bytes.subarray(from, to), inLine, found));
        done = to;
      }
      return { bytes: Buffer.concat([...parts, bytes.subarray(done)]), found };
    },
  };
}

function* lines(text: string): Iterable<readonly [from: number, line: string]> {
  for (let from = 0; from < text.length;) {
    const next = text.indexOf('\n', from);
    const to = next === -1 ? text.length : next;
    yield [from, text.slice(from, to)];
    from = to + 1;
  }
}
