// clew branches: the branches in time, as a tree.
import { shortId } from '../../model/index.ts';
import type { Branch } from '../../index.ts';
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { json } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { show } from '../pager.ts';
import { harmless } from '../render/harmless.ts';
import { tilde } from '../render/path.ts';
import { moment } from '../render/time.ts';
import type { View } from '../render/view.ts';
import { note } from '../terminal.ts';

export const branches = defineCommand({
  summary: 'List branches in time, as a tree',
  group: 'Go back',
  positionals: [],
  flags: { json },
  examples: [['clew branches', 'where each began, and where it lies']],
  async run(cli, flags) {
    const clew = await openFresh(cli);
    const all = clew.branches();
    if (flags.json) printJson(all);
    else if (all.length === 0) note('no branches; `clew branch` makes one');
    else await show(treeLines(harmless(all), viewOf(clew)));
  },
});

function treeLines(all: readonly Branch[], view: View): string[] {
  const { colour } = view;
  const lines = (one: Branch, depth: number): string[] => [
    [
      `${'  '.repeat(depth)}${colour.yellow(one.name)}`,
      `checkpoint ${one.checkpoint}`,
      moment(one.at, view.now),
      tilde(one.folder, view) + (one.exists ? '' : ' (gone)'),
      one.session === null ? 'handoff' : `session ${shortId(one.session)}`,
    ].join('  '),
    ...all.filter((other) => other.parent === one.name).flatMap((other) => lines(other, depth + 1)),
  ];
  const roots = all.filter((one) => one.parent === null);
  return [...new Set(roots.map((one) => one.project))].flatMap((project) => [
    colour.bold(tilde(project, view)),
    ...roots.filter((one) => one.project === project).flatMap((one) => lines(one, 1)),
  ]);
}
