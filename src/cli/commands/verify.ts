// clew verify: proves that the streams are as they were written.
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { json } from '../flags.ts';
import { printJson } from '../json.ts';
import { harmless } from '../render/harmless.ts';
import { bytes, many } from '../render/numbers.ts';
import { tilde } from '../render/path.ts';
import { note, print } from '../terminal.ts';

export const verify = defineCommand({
  summary: 'Prove that what was kept is as it was written',
  group: 'Keep',
  positionals: [],
  flags: { json },
  about:
    'Every frame is checked against its own hash and against the frame before it. The exit code is 1 where something is wrong.',
  examples: [
    ['clew verify', 'check everything'],
    ['clew verify --json | jq .problems', 'for scripts'],
  ],
  async run(cli, flags) {
    const clew = await cli.open();
    const report = clew.verify();
    if (flags.json) printJson(report);
    else {
      const view = viewOf(clew);
      const { streams, frames, bytes: size, problems } = harmless(report);
      print([
        `Checked ${many(frames, 'frame')} (${bytes(size)}) of ${many(streams, 'stream')}: ${problems.length === 0 ? 'all as they were written.' : `${many(problems.length, 'problem')}.`}`,
        ...problems.map(
          (one) => `${view.colour.red('✗')} ${tilde(one.file, view)} at byte ${one.at}: ${one.why}`,
        ),
      ]);
      if (problems.length > 0)
        note('What stands before a break can still be read; `clew reindex` takes it in.');
    }
    return report.problems.length > 0 ? 1 : 0;
  },
});
