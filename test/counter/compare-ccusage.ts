// node test/counter/compare-ccusage.ts COMMAND TRANSCRIPTS   prints the tables of docs/accuracy.md: what is in a folder with
// `home` and `exports/opencode`, what ccusage makes of it, and the names of the differences. Ends with 1 where a token or a
// micro-dollar of the difference has no name.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { besideTable, differencesTable, totalsTable } from './accuracy-tables.ts';
import type { Compared, Found } from './accuracy-tables.ts';
import { askCcusage, layOut } from './ccusage.ts';
import { sumTokens } from './counts.ts';
import { differencesOf, leftOf } from './differences.ts';
import { tablePrices } from './prices.ts';
import { byModel, responsesIn, totalOf } from './totals.ts';

const [command, transcripts] = process.argv.slice(2);
if (command === undefined || transcripts === undefined) {
  console.error('usage: node test/counter/compare-ccusage.ts COMMAND TRANSCRIPTS');
  process.exit(2);
}

const home = path.resolve(transcripts, 'home');
const exports = path.resolve(transcripts, 'exports', 'opencode');
const counted = responsesIn(home, exports);
const prices = tablePrices();
const homeOfOpenCode = mkdtempSync(path.join(os.tmpdir(), 'clew-compare-'));
layOut(exports, homeOfOpenCode);

const compared: Compared[] = [];
const named: Found[] = [];
const unnamed: string[] = [];
for (const [agent, responses] of Object.entries(counted)) {
  const told = askCcusage(command, agent, agent === 'opencode' ? homeOfOpenCode : home);
  const total = totalOf(responses, prices);
  const models = byModel(responses);
  const found = [...models].flatMap(([model, own]) =>
    differencesOf(own, prices, Date.now()).map((one) => ({ agent, model, ...one })),
  );
  for (const model of new Set([...models.keys(), ...Object.keys(told.models)])) {
    const own = totalOf(models.get(model) ?? [], prices);
    const left = leftOf(
      own,
      told.models[model],
      found.filter((one) => one.model === model),
    );
    // Either cost is rounded.
    if (left.tokens !== 0 || Math.abs(left.cost) > 1)
      unnamed.push(`${agent} ${model} ${JSON.stringify(left)}`);
  }
  // Costs of Codex are told for all models together only.
  const cost = total.cost - told.cost - found.reduce((n, one) => n + one.cost, 0);
  if (Math.abs(cost) > models.size) unnamed.push(`${agent} ${cost} micro-dollars`);
  const elsewhere = found.filter((one) => one.isElsewhere).reduce((n, one) => n + sumTokens(one.tokens), 0);
  if (told.beyond !== elsewhere) unnamed.push(`${agent} ${told.beyond - elsewhere} tokens in no column`);
  compared.push({ agent, responses, told });
  named.push(...found);
}
rmSync(homeOfOpenCode, { recursive: true });

console.log(
  [totalsTable(counted, prices), besideTable(compared, prices), differencesTable(named)].join('\n\n'),
);
console.log(`\n${named.length} differences, ${unnamed.length} without a name`);
for (const one of unnamed) console.log(one);
process.exitCode = unnamed.length > 0 ? 1 : 0;
