// node test/corpus/main.ts [--ccusage COMMAND]   prints, for each case, the right answer, clew's, and that of ccusage where its
// command is given: total tokens and micro-dollars. Ends with 1 where clew is wrong.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { layOut } from '../counter/ccusage.ts';
import { counted } from './count.ts';
import { cases } from './read.ts';
import type { Answer, Case } from './read.ts';

interface Sum {
  readonly tokens: number;
  readonly cost: number;
}

const [flag, command] = process.argv.slice(2);
const ccusage = flag === '--ccusage' ? command : undefined;
if (flag !== undefined && ccusage === undefined) {
  console.error('usage: node test/corpus/main.ts [--ccusage COMMAND]');
  process.exit(2);
}

const right = ({ tokens, cost }: Answer): Sum => ({
  tokens: Object.values(tokens).reduce((n, one) => n + Object.values(one).reduce((a, b) => a + b, 0), 0),
  cost,
});

const clewSays = (one: Case): Promise<Sum> =>
  counted(one, (_, { tokens, cost }) => ({
    ...right({ messages: 0, tokens, cost: 0 }),
    cost: cost.computed,
  }));

/** By its own report of all agents that it finds; undefined where it fails. */
function ccusageSays(one: Case, binary: string): Sum | undefined {
  const home = mkdtempSync(path.join(os.tmpdir(), 'clew-corpus-'));
  try {
    cpSync(one.home, home, { recursive: true });
    // It reads no exports.
    if (one.answer.import !== undefined) layOut(path.join(one.home, one.answer.import), home);
    return totalsOf(binary, home);
  } finally {
    rmSync(home, { recursive: true });
  }
}

function totalsOf(binary: string, home: string): Sum | undefined {
  const env = { PATH: process.env['PATH'], HOME: home };
  const done = spawnSync(binary, ['daily', '--offline', '--json', '--timezone', 'UTC'], {
    env,
    encoding: 'utf8',
  });
  if (done.status !== 0 || !done.stdout.trim().startsWith('{')) return undefined;
  const { totals } = JSON.parse(done.stdout) as { totals?: { totalTokens: number; totalCost: number } };
  return totals
    ? { tokens: totals.totalTokens, cost: Math.round(totals.totalCost * 1e6) }
    : { tokens: 0, cost: 0 };
}

const show = (sum: Sum | undefined): string =>
  sum
    ? `${sum.tokens.toLocaleString('en').padStart(9)} ${sum.cost.toLocaleString('en').padStart(9)} µ$`
    : 'failed'.padStart(21);
const same = (a: Sum, b: Sum | undefined): boolean => a.tokens === b?.tokens && a.cost === b.cost;

let wrong = 0;
let alike = 0;
for (const one of cases) {
  const truth = right(one.answer);
  const clew = await clewSays(one);
  if (!same(truth, clew)) wrong++;
  const columns = [
    one.name.padEnd(26),
    show(truth),
    `clew ${same(truth, clew) ? 'same'.padEnd(21) : show(clew)}`,
  ];
  if (ccusage !== undefined) {
    // It is not told of the user's own prices.
    const other = one.answer.config ? undefined : ccusageSays(one, ccusage);
    const isSame = same(truth, other);
    if (isSame) alike++;
    columns.push(one.answer.config ? 'ccusage not asked' : `ccusage ${isSame ? 'same' : show(other)}`);
  }
  console.log(columns.join('  ').trimEnd());
}
console.log(`clew is right in ${cases.length - wrong} of ${cases.length} cases`);
if (ccusage !== undefined) console.log(`ccusage comes to the same in ${alike}`);
process.exitCode = wrong > 0 ? 1 : 0;
