// clew's checkpoints beside the snapshots that OpenCode and Gemini CLI take themselves: the same project, the same
// changes of five files each, the real clients against a model server on loopback. Time per snapshot, and bytes.
// Run: node bench/snapshots.ts [--files 2000] [--snapshots 100] [--only opencode|gemini]
// The clients come from npm, once, about 450 MB. Gemini CLI needs the script(1) of util-linux.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bytes, machineLine, median, ms, ratio, table, tempDir } from './lib.ts';
import { gemini } from './snapshots/gemini.ts';
import { makeHistory } from './snapshots/history.ts';
import { openCode } from './snapshots/opencode.ts';
import { checkComplete, sizesOf, type Outcome, type Stores } from './snapshots/outcome.ts';
import { talk } from './snapshots/talk.ts';

const { values: options } = parseArgs({
  options: {
    files: { type: 'string', default: '2000' },
    snapshots: { type: 'string', default: '100' },
    only: { type: 'string' },
  },
});
const files = Number(options.files);
const folder = tempDir('snapshots');
const history = makeHistory(path.join(folder, 'history'), files, Number(options.snapshots));

const outcomes: Outcome[] = [];
for (const [name, client] of Object.entries({ opencode: openCode, gemini })) {
  if (options.only && options.only !== name) continue;
  const outcome = await talk(client, history, path.join(folder, name));
  checkComplete(outcome.client, outcome.stores.last, history.blobs);
  checkComplete('clew', outcome.ownStores.last, history.blobs);
  outcomes.push(outcome);
}

table(
  `${history.snapshots} snapshots of ${files.toLocaleString('en')} files, 5 changed each: one of them, and clew's in turn`,
  ['', 'git programs', "clew's", 'time they run', "clew's", '', "clew's, shell included"],
  outcomes.map(({ client, efforts, own }) => {
    const [theirs, ours] = [efforts, own].map((each) => ({
      programs: String(median(each.map(({ programs }) => programs))),
      inGit: median(each.map(({ inGit }) => inGit)),
    }));
    return [
      client,
      theirs!.programs,
      ours!.programs,
      ms(theirs!.inGit),
      ms(ours!.inGit),
      ratio(ours!.inGit, theirs!.inGit),
      ms(median(own.map(({ whole }) => whole))),
    ];
  }),
);

const added = (amount: number): string => `${bytes(amount)} (${ratio(amount, history.changedBytes)})`;
const sizes = (name: string, { first, last }: Stores, beside: number): string[] => {
  const before = sizesOf(first);
  const after = sizesOf(last);
  return [
    name,
    bytes(before.left),
    added(after.left - before.left),
    added(after.packed - before.packed),
    added(after.anew - before.anew),
    beside > 0 ? added(beside) : '',
  ];
};
table(
  `Bytes added, and to the ${bytes(history.changedBytes)} of the changed files`,
  ['', 'the first', 'added', 'after its own packing', 'packed anew', 'beside git'],
  [
    sizes('clew', outcomes[0]!.ownStores, 0),
    ...outcomes.map(({ client, stores, beside }) => sizes(client, stores, beside)),
  ],
);
console.log(`\n${machineLine()}`);
