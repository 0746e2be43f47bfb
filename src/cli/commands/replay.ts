// clew replay: steps through a session in the terminal; elsewhere all steps one after the other.
import type { Clew } from '../../index.ts';
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { json, limit } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { show } from '../pager.ts';
import { plainLines } from '../replay/plain.ts';
import { createPlayer } from '../replay/player.ts';
import { canReplay, play } from '../replay/screen.ts';
import { recordingOf } from '../replay/recording.ts';
import type { Recording } from '../replay/recording.ts';
import { note } from '../terminal.ts';
import { untilStopped } from '../until-stopped.ts';
import { UsageError } from '../usage-error.ts';

export const replay = defineCommand({
  summary: 'Step through a session in the terminal',
  group: 'Go back',
  positionals: [{ name: 'session', required: true, complete: 'session' }],
  flags: {
    from: { help: 'Begin at this step', value: 'N', read: limit.read },
    plain: { help: 'Print all steps one after the other, as is done where there is no terminal' },
    json,
  },
  about: [
    '→, space or n: next step; ← or p: back; t, T: next, previous turn; g, G: first, last step.',
    'A number and Enter: that step. / with words and Enter: the next step with these words (/ Enter: the same again).',
    '↓, ↑, j, k, Page Down, Page Up: scroll. f: the files as of this step; there ↓, ↑ and Enter open one, f or Escape leads back. q: quit.',
  ].join(' '),
  examples: [
    ['clew replay 3f2a', 'prompts, answers, operations and diffs, one by one'],
    ['clew replay 3f2a --from 40', 'from step 40 on'],
    ['clew replay 3f2a --plain | less', 'all of it'],
    ["clew replay 3f2a --json | jq '.steps[].checkpoint'", 'which checkpoint each step left'],
  ],
  async run(cli, flags, [id = '']) {
    const clew = await openFresh(cli);
    const recording = recordingOf(clew, id);
    const from = (flags.from ?? 1) - 1;
    const { steps } = recording;
    if (from > 0 && from >= steps.length)
      throw new UsageError(`--from ${from + 1} is behind the last step`, `there are ${steps.length} steps`);
    if (flags.json) printJson(documentOf(recording, from));
    else if (steps.length === 0) note('nothing was said or done in this session');
    else if (flags.plain || !canReplay()) await show(plainLines(recording, from, viewOf(clew)));
    else await playOn(clew, recording, from);
  },
});

const playOn = (clew: Clew, recording: Recording, from: number): Promise<void> =>
  untilStopped((signal) => play(createPlayer(recording, from), viewOf(clew), signal));

function documentOf(recording: Recording, from: number) {
  const { session, title, steps } = recording;
  return {
    session,
    title,
    steps: steps.slice(from).map((step) => {
      const { number, turn, subagent, checkpoint, entry } = step;
      return { number, turn, subagent, checkpoint, entry, changes: recording.changesOf(step) };
    }),
  };
}
