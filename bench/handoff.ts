// What a handoff saves, and what it keeps: its tokens against those that stood in the model's context at the session's end,
// and the share of the facts that test/handoff-facts.ts lists from the transcripts themselves.
// Run: node bench/handoff.ts [HOME]   (a home with .claude/projects in it; by default the real sessions beside the project)
import { existsSync } from 'node:fs';
import path from 'node:path';
import { openClew } from '../src/index.ts';
import type { Handoff } from '../src/index.ts';
import { transcripts } from '../test/counter/files.ts';
import { factsBelow, tells } from '../test/handoff-facts.ts';
import { real } from '../test/support/real.ts';
import { machineLine, median, ms, table, tempDir } from './lib.ts';

const home = process.argv[2] ?? real.home;
const projects = path.join(home, '.claude', 'projects');
if (!existsSync(projects)) {
  console.log(`skipped: there is no ${projects}`);
  process.exit(0);
}
/** What stands in a context of this size is mostly the client's own: there is little to save. */
const tiny = 20_000;

const folder = tempDir('handoff');
const clew = openClew({
  context: { env: {}, home, clewHome: folder, cwd: folder, machine: 'bench', now: Date.now },
});
await clew.import();
const facts = factsBelow(projects);
const percent = (share: number): string => (Number.isFinite(share) ? `${(share * 100).toFixed(1)} %` : '–');

const rows = [500, 1000, 2000, 4000, 8000].map((budget) => {
  const times: number[] = [];
  const handoffs = clew.sessions().map((row) => {
    const start = performance.now();
    const handoff = clew.handoff(row.id, { budget });
    times.push(performance.now() - start);
    return handoff;
  });
  return { budget, handoffs, times };
});

const saving = ({ tokens, contextTokens }: Handoff): number => 1 - tokens / (contextTokens ?? Number.NaN);
const known = (handoffs: readonly Handoff[], wanted: (context: number) => boolean): Handoff[] =>
  handoffs.filter(({ contextTokens }) => contextTokens !== null && wanted(contextTokens));

table(
  `Handoffs of ${rows[0]?.handoffs.length ?? 0} sessions`,
  [
    'budget',
    'tokens: median',
    'most',
    'saving: median',
    'worst',
    'under 95 %',
    'facts told',
    'time: median',
    'most',
  ],
  rows.map(({ budget, handoffs, times }) => {
    const large = known(handoffs, (context) => context >= tiny);
    const savings = large.map(saving);
    const told = toldOf(handoffs);
    return [
      String(budget),
      String(median(handoffs.map((one) => one.tokens))),
      String(Math.max(...handoffs.map((one) => one.tokens))),
      percent(median(savings)),
      percent(Math.min(...savings)),
      `${savings.filter((one) => one < 0.95).length} of ${large.length}`,
      percent(told.filter(Boolean).length / told.length),
      ms(median(times)),
      ms(Math.max(...times)),
    ];
  }),
);

const standard = rows.find((row) => row.budget === 4000)?.handoffs ?? [];
const small = known(standard, (context) => context < tiny);
console.log(
  small.length === 0
    ? `\nNo session ended with a context under ${tiny} tokens; for one that did, the saving would be less.`
    : `\n${small.length} sessions ended with a context under ${tiny} tokens and are not in the table: there the saving is ${percent(Math.min(...small.map(saving)))} to ${percent(Math.max(...small.map(saving)))}.`,
);
// What the client itself puts before the model, it puts before a new session's too.
const bases = new Map<string, number>();
for (const { session, subagent, lines } of transcripts(projects)) {
  const usages = lines.map(({ record }) => (record['message'] as { usage?: Usage } | undefined)?.usage);
  const first = usages.find((usage) => usage !== undefined && promptOf(usage) > 0);
  if (!subagent && first) bases.set(session, promptOf(first));
}
const net = standard.flatMap(({ session, tokens, contextTokens }) => {
  const added = (contextTokens ?? 0) - (bases.get(session) ?? 0);
  return added > 0 ? [1 - tokens / added] : [];
});
console.log(
  `A new session sends the system prompt and the tools again. Of what the session itself had added since its first request, a handoff of up to 4,000 tokens saves ${percent(median(net))} at the median, ${percent(Math.min(...net))} at worst, and less than 95 % in ${net.filter((one) => one < 0.95).length} of ${net.length} sessions.`,
);

table(
  'Facts told at 4,000 tokens',
  ['fact', 'listed', 'told', 'share'],
  [...Map.groupBy(facts, (fact) => fact.kind)].map(([kind, listed]) => {
    const told = listed.filter((fact) =>
      tells(standard.find((one) => one.session === fact.session)?.markdown ?? '', fact),
    );
    return [kind, String(listed.length), String(told.length), percent(told.length / listed.length)];
  }),
);
console.log(`\n${machineLine()}`);
clew.close();

function toldOf(handoffs: readonly Handoff[]): boolean[] {
  const pages = new Map(handoffs.map((one) => [one.session, one.markdown]));
  return facts.map((fact) => tells(pages.get(fact.session) ?? '', fact));
}

interface Usage {
  readonly input_tokens?: number;
  readonly cache_read_input_tokens?: number;
  readonly cache_creation_input_tokens?: number;
}

function promptOf(usage: Usage): number {
  const { input_tokens = 0, cache_read_input_tokens = 0, cache_creation_input_tokens = 0 } = usage;
  return input_tokens + cache_read_input_tokens + cache_creation_input_tokens;
}
