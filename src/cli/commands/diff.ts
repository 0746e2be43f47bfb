// clew diff: what differs between two checkpoints, or between one and the files as they are.
import { defineCommand } from '../command.ts';
import { openFresh } from '../fresh.ts';
import { show } from '../pager.ts';
import { viewOf } from '../cli.ts';
import { diffLines } from '../render/diff.ts';
import { harmlessText } from '../render/harmless.ts';
import { note } from '../terminal.ts';

export const diff = defineCommand({
  summary: 'Show what differs between checkpoints, or since one',
  group: 'Go back',
  positionals: [{ name: 'a' }, { name: 'b' }, { name: 'path', many: true, complete: 'file' }],
  flags: {},
  about:
    'Without ids: since the last prompt in this project. With one: between that checkpoint and the files as they are. `.` as the second stands for the files as they are.',
  examples: [
    ['clew diff', 'what has changed since the last prompt'],
    ['clew diff 3ac3ff', 'since this checkpoint'],
    ['clew diff 3ac3ff 510a63 src', 'between two, below src'],
  ],
  async run(cli, _flags, [a, b, ...paths]) {
    const clew = await openFresh(cli);
    const text = clew.diff(a, b === '.' ? undefined : b, { paths });
    if (text === '') note('nothing differs');
    else await show(diffLines(harmlessText(text), 'wrap', viewOf(clew)));
  },
});
