// clew compare: two branches side by side: files, cost, operations, outcome.
import { shortId, totalTokens } from '../../model/index.ts';
import type { Comparison } from '../../index.ts';
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { json } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { show } from '../pager.ts';
import { diffLines } from '../render/diff.ts';
import { harmless } from '../render/harmless.ts';
import { lines } from '../render/numbers.ts';
import { tilde } from '../render/path.ts';
import { table } from '../render/table.ts';
import type { View } from '../render/view.ts';

export const compare = defineCommand({
  summary: 'Compare two branches: files, cost, operations, outcome',
  group: 'Go back',
  positionals: [
    { name: 'a', required: true },
    { name: 'b', required: true },
  ],
  flags: { diff: { help: 'Show the diff of the files, too' }, json },
  about:
    'A and B are names of branches; `original` is the project that the last branch was made from; a folder stands for itself.',
  examples: [
    ['clew compare one-way other-way', 'two branches'],
    ['clew compare original other-way --diff', 'with what the branch came from'],
  ],
  async run(cli, flags, [a = '', b = '']) {
    const clew = await openFresh(cli);
    const found = clew.compare(a, b);
    if (flags.json) printJson(found);
    else await show(compareLines(harmless(found), flags.diff, viewOf(clew)));
  },
});

function compareLines({ a, b, files, diff }: Comparison, withDiff: boolean, view: View): string[] {
  const rows: readonly (readonly [string, (side: Comparison['a']) => string])[] = [
    ['folder', (side) => tilde(side.folder, view)],
    ['session', (side) => (side.session === null ? '–' : shortId(side.session))],
    ['status', (side) => side.status ?? '–'],
    ['turns', (side) => String(side.turns)],
    ['operations', (side) => String(side.operations)],
    ['errors', (side) => String(side.errors)],
    ['tokens', (side) => (side.tokens === null ? '–' : totalTokens(side.tokens).toLocaleString('en'))],
    ['outcome', (side) => side.outcome?.split('\n')[0] ?? '–'],
  ];
  return [
    ...table(
      rows,
      [
        { head: '', cell: ([name]) => name },
        { head: a.name, cell: ([, cell]) => cell(a), min: 12 },
        { head: b.name, cell: ([, cell]) => cell(b), min: 12 },
      ],
      view,
    ),
    '',
    ...(files.length === 0
      ? ['The files are the same.']
      : table(
          files,
          [
            { head: `from ${a.name} to ${b.name}`, cell: (file) => file.path, min: 16 },
            { head: 'change', cell: (file) => file.kind },
            { head: 'lines', cell: (file) => lines(file.added, file.removed), align: 'right' },
          ],
          view,
        )),
    ...(withDiff && diff !== '' ? ['', ...diffLines(diff, 'wrap', view)] : []),
  ];
}
