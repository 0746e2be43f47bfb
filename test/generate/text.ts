// Text that compresses as the real thing does: source code, terminal output, sentences, base64. Each project has a
// vocabulary of its own, and its frequent names come often.
import type { Random } from './random.ts';
import { random } from './random.ts';
import { nounWords, proseWords, verbWords } from './words.ts';

export interface Vocabulary {
  /** fetchSessionIndex */
  readonly functions: readonly string[];
  /** sessionIndex */
  readonly values: readonly string[];
  /** SessionIndex */
  readonly types: readonly string[];
  /** session-index */
  readonly files: readonly string[];
}

export function vocabulary(r: Random): Vocabulary {
  const many = (n: number, make: () => string): string[] => Array.from({ length: n }, make);
  const noun = (): string => r.pick(nounWords);
  const value = (): string => (r.chance(0.4) ? noun() : noun() + capital(noun()));
  return {
    functions: many(700, () => r.pick(verbWords) + capital(noun()) + (r.chance(0.5) ? capital(noun()) : '')),
    values: many(700, value),
    types: many(180, () => capital(noun()) + capital(noun())),
    files: many(160, () => (r.chance(0.5) ? noun() : `${noun()}-${noun()}`)),
  };
}

function capital(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1);
}

export function sentence(r: Random): string {
  let out = capital(r.common(proseWords));
  for (let left = r.between(4, 22); left > 0; left--) {
    out += (r.chance(0.06) ? ', ' : ' ') + (r.chance(0.25) ? r.pick(proseWords) : r.common(proseWords));
  }
  return `${out}.`;
}

/** Sentences with names and the marks of Markdown between them, at least so many characters. */
export function prose(r: Random, v: Vocabulary, length: number): string {
  let out = sentence(r);
  while (out.length < length) {
    const kind = r.unit();
    if (kind < 0.62) out += ` ${sentence(r)}`;
    else if (kind < 0.78) out += ` \`${r.common(v.functions)}\` — ${sentence(r)}`;
    else if (kind < 0.9) out += `\n- **${r.common(v.types)}**: ${sentence(r)}`;
    else if (kind < 0.95) out += `\n\n## ${sentence(r)}\n\n`;
    else out += `\n\n\`\`\`\n${codeLine(r, v, 0)}\n${codeLine(r, v, 1)}\n\`\`\`\n`;
  }
  return out;
}

type Line = (r: Random, v: Vocabulary) => string;
const val = (r: Random, v: Vocabulary): string => r.common(v.values);
const fun = (r: Random, v: Vocabulary): string => r.common(v.functions);
const typ = (r: Random, v: Vocabulary): string => r.common(v.types);
const words = (r: Random, n: number): string =>
  Array.from({ length: n }, () => r.common(proseWords)).join(' ');

const codeLines: readonly Line[] = [
  (r, v) => `const ${val(r, v)} = ${fun(r, v)}(${val(r, v)}, ${val(r, v)});`,
  (r, v) => `if (${val(r, v)}.${val(r, v)} === undefined) return ${val(r, v)};`,
  (r, v) => `return ${fun(r, v)}(${val(r, v)}.${val(r, v)});`,
  (r, v) => `for (const ${val(r, v)} of ${fun(r, v)}(${val(r, v)})) {`,
  () => '}',
  () => '',
  () => '});',
  (r) => `// ${words(r, r.between(4, 14))}`,
  (r, v) => `${val(r, v)}.${fun(r, v)}(${val(r, v)}, '${words(r, 2)}');`,
  (r, v) => `export function ${fun(r, v)}(${val(r, v)}: ${typ(r, v)}): ${typ(r, v)} {`,
  (r, v) => `expect(${fun(r, v)}(${val(r, v)})).toEqual({ ${val(r, v)}: ${r.int(500)} });`,
  (r, v) => `throw new ${typ(r, v)}(\`${words(r, r.between(2, 6))} \${${val(r, v)}}\`);`,
  (r, v) => `readonly ${val(r, v)}: ${typ(r, v)};`,
  (r, v) => `${val(r, v)}: ${r.chance(0.5) ? r.int(10_000) : `'${r.pick(proseWords)}'`},`,
  (r, v) => `import { ${fun(r, v)}, type ${typ(r, v)} } from './${r.common(v.files)}.ts';`,
  (r) => `test('${words(r, r.between(4, 9))}', async () => {`,
  (r, v) =>
    `${val(r, v)} = ${val(r, v)}.filter((${val(r, v)}) => ${val(r, v)}.${val(r, v)} > ${r.int(100)});`,
  (r, v) => `await ${fun(r, v)}(${val(r, v)}, { ${val(r, v)}, ${val(r, v)}: ${r.chance(0.5)} });`,
];

export function codeLine(r: Random, v: Vocabulary, depth: number): string {
  return '  '.repeat(depth) + r.common(codeLines)(r, v);
}

export function codeText(r: Random, v: Vocabulary, length: number): string[] {
  const lines: string[] = [];
  let depth = 0;
  for (let done = 0; done < length;) {
    const line = codeLine(r, v, depth);
    if (line.endsWith('{')) depth = Math.min(depth + 1, 5);
    else if (line.endsWith('}') || line.endsWith('});')) depth = Math.max(depth - 1, 0);
    lines.push(line);
    done += line.length + 1;
  }
  return lines;
}

const outputLines: readonly Line[] = [
  (r, v) => ` ✓ src/${r.common(v.files)}/${r.common(v.files)}.test.ts (${r.int(40)} tests) ${r.int(900)}ms`,
  (r, v) =>
    `src/${r.common(v.files)}.ts(${r.int(400)},${r.int(60)}): error TS2345: Argument of type '${typ(r, v)}' is not assignable to parameter of type '${typ(r, v)}'.`,
  (r) => `${r.hex(7)} ${words(r, r.between(3, 9))}`,
  (r, v) =>
    `-rw-r--r--  1 dev dev ${String(r.int(90_000)).padStart(7)} Mar ${r.between(1, 31)} ${r.between(10, 23)}:${r.between(10, 59)} ${r.common(v.files)}.ts`,
  (r, v) => ` src/${r.common(v.files)}.ts | ${r.int(90)} ${'+'.repeat(r.int(20))}${'-'.repeat(r.int(10))}`,
  (r, v) =>
    `2026-03-${r.between(10, 28)}T${r.between(10, 23)}:${r.between(10, 59)}:${r.between(10, 59)}Z INFO ${fun(r, v)} ${val(r, v)}=${r.int(100_000)} ${val(r, v)}=${r.hex(8)}`,
  (r, v) => `    at ${fun(r, v)} (/home/dev/src/${r.common(v.files)}.ts:${r.int(600)}:${r.int(80)})`,
  (r, v) => `ok  	example.com/${r.common(v.files)}/${r.common(v.files)}	${r.int(9)}.${r.int(999)}s`,
  (r, v) => codeLine(r, v, r.int(4)),
  (r, v) => codeLine(r, v, r.int(4)),
];

/** What a command prints: runs of lines of one kind. */
export function terminalText(r: Random, v: Vocabulary, length: number): string {
  let out = '';
  while (out.length < length) {
    const line = r.common(outputLines);
    for (let run = r.between(1, 20); run > 0 && out.length < length; run--) out += `${line(r, v)}\n`;
  }
  return out.slice(0, -1);
}

// Slices of one pool: far cheaper than drawing each character, and too long a pool for two slices to meet often.
let pool: string | undefined;

export function base64(r: Random, length: number): string {
  pool ??= makePool(6_000_000);
  const start = r.int(pool.length - length);
  return pool.slice(start, start + length);
}

function makePool(length: number): string {
  const r = random(1);
  const bytes = new Uint8Array((length * 3) / 4);
  for (let i = 0; i < bytes.length; i++) bytes[i] = r.int(256);
  return Buffer.from(bytes).toString('base64');
}
