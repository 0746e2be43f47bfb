// clew reindex: the index, rebuilt from the streams alone.
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { json } from '../flags.ts';
import { printJson } from '../json.ts';
import { progress } from '../progress.ts';
import { harmless } from '../render/harmless.ts';
import { many } from '../render/numbers.ts';
import { tilde } from '../render/path.ts';
import { duration } from '../render/time.ts';
import { print } from '../terminal.ts';

export const reindex = defineCommand({
  summary: 'Rebuild the index from what was kept',
  group: 'Keep',
  positionals: [],
  flags: { json },
  about:
    'The streams hold everything that was recorded; the index is derived from them. A newer clew may make more of old records than the one that took them in.',
  examples: [['clew reindex', 'rebuild the index']],
  async run(cli, flags) {
    const clew = await cli.open();
    const bar = progress('reindexing');
    const onProgress = (done: number, total: number): void =>
      bar.update(done, total, `${done}/${total} streams`);
    const report = clew.reindex({ onProgress });
    bar.end();
    if (flags.json) printJson(report);
    else {
      const view = viewOf(clew);
      const { streams, lines, seconds, failures } = harmless(report);
      print([
        `Rebuilt the index from ${many(lines, 'record')} of ${many(streams, 'stream')} in ${duration(seconds * 1000)}.`,
        ...failures.map((one) => `${view.colour.red('✗')} ${tilde(one.path, view)}: ${one.message}`),
      ]);
    }
    return report.failures.length > 0 ? 1 : 0;
  },
});
