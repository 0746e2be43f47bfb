// How fast the records of each agent are taken in, beside Claude Code's: real sessions, copied under new ids until there are
// enough bytes, each agent alone, in turn. Run: node bench/agents.ts [rounds] [megabytes]. Needs ../shared/transcripts.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { interleave, machineLine, median, ratio, table, tempDir } from './lib.ts';
import { clew, clewIsBuilt } from './run.ts';

const [rounds = '3', megabytes = '24'] = process.argv.slice(2);
const real = path.join(import.meta.dirname, '..', '..', 'shared', 'transcripts');
if (!existsSync(real) || !clewIsBuilt()) {
  console.log(`nothing to measure: there is no ${real}, or clew is not built`);
  process.exit(0);
}

const agents = [
  { name: 'Claude Code', from: 'home/.claude/projects', to: '.claude/projects' },
  { name: 'Codex', from: 'home/.codex/sessions', to: '.codex/sessions' },
  { name: 'Gemini CLI (JSON)', from: 'home/.gemini/tmp', to: '.gemini/tmp' },
  { name: 'Copilot CLI', from: 'home/.copilot/session-state', to: '.copilot/session-state' },
  { name: 'OpenCode (exports)', from: 'exports/opencode', to: 'exports' },
] as const;

/** Ids of all kinds, those of copies different: what has the same id counts once, and would be faster. */
const renamed = (text: string, copy: number): string =>
  copy === 0
    ? text
    : text
        .replaceAll(/\b[0-9a-f]{8}(?=-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b)/g, (id) =>
          ((Number.parseInt(id, 16) ^ (copy * 0x9e3779b1)) >>> 0).toString(16).padStart(8, '0'),
        )
        .replaceAll(/\b(?:call|toolu|tooluse|msg|resp|req|ses|prt|fc|rs|ctc)_\w+/g, (id) => `${id}x${copy}`);

interface Corpus {
  readonly name: string;
  readonly home: string;
  readonly bytes: number;
  readonly args: readonly string[];
}

function corpusOf({ name, from, to }: (typeof agents)[number]): Corpus {
  const home = tempDir(`agents-${to.split('/')[0]?.replace('.', '') ?? ''}`);
  const files = readdirSync(path.join(real, from), { recursive: true, encoding: 'utf8' }).filter((file) =>
    statSync(path.join(real, from, file)).isFile(),
  );
  let bytes = 0;
  for (let copy = 0; bytes < Number(megabytes) * 1e6; copy++)
    for (const file of files) {
      if (bytes >= Number(megabytes) * 1e6) break;
      const text = renamed(readFileSync(path.join(real, from, file), 'utf8'), copy);
      const place = path.join(home, to, renamed(file, copy));
      mkdirSync(path.dirname(place), { recursive: true });
      writeFileSync(place, text);
      bytes += Buffer.byteLength(text);
    }
  return { name, home, bytes, args: to === 'exports' ? ['import', path.join(home, to)] : ['import'] };
}

const clewHome = path.join(tempDir('agents-index'), 'clew');
const empty = tempDir('agents-empty');
function take(home: string, args: readonly string[]): number {
  rmSync(clewHome, { recursive: true, force: true });
  return clew([...args, '--json'], home, clewHome).ms;
}

const corpora = agents.map((agent) => corpusOf(agent));
const times = await interleave(Number(rounds), {
  nothing: () => take(empty, ['import']),
  ...Object.fromEntries(corpora.map(({ name, home, args }) => [name, () => take(home, args)])),
});
const start = median(times['nothing']!);
const speed = ({ name, bytes }: Corpus): number => bytes / 1e6 / ((median(times[name]!) - start) / 1000);
const claude = speed(corpora[0]!);
table(
  `Import of about ${megabytes} MB, beside what starting takes (${Math.round(start)} ms)`,
  ['agent', 'MB', 'MB/s', "to Claude Code's"],
  corpora.map((one) => [
    one.name,
    (one.bytes / 1e6).toFixed(1),
    speed(one).toFixed(1),
    ratio(speed(one), claude),
  ]),
);
console.log(machineLine());
