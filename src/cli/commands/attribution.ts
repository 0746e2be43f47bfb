// clew attribution: how many lines agents and people have written.
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { json, positiveNumber } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { show } from '../pager.ts';
import { attributionLines } from '../render/attribution.ts';
import { harmless } from '../render/harmless.ts';
import { many } from '../render/numbers.ts';
import { note, print } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

export const attribution = defineCommand({
  summary: 'Count the lines that agents and people have written',
  group: 'Look',
  positionals: [{ name: 'range' }],
  flags: {
    files: { help: 'Also file by file' },
    retained: {
      help: 'Of the lines of commits that are at least so many days old: how many are still there',
      value: 'DAYS',
      read: positiveNumber,
    },
    notes: { help: 'Write the attributions as git notes, in the format of git-ai' },
    ref: { help: 'With --notes: where to, in place of refs/notes/clew', value: 'REF' },
    json,
  },
  about:
    'Of the commits of a range, as git takes it; without one, of those since clew knows the project. What is not known of them yet is found, and kept. Lines count for an agent also where only the operation is not certain; what could be an agent’s or a person’s is not known.',
  examples: [
    ['clew attribution', 'of the project in this folder'],
    ['clew attribution main..HEAD --files', 'of a branch, file by file'],
    ['clew attribution --retained 30', 'what is left of it after a month'],
    ['clew attribution main..HEAD --notes', 'as git notes under refs/notes/clew'],
  ],
  async run(cli, flags, [range]) {
    if (flags.ref !== undefined && !flags.notes)
      throw new UsageError('--ref goes with --notes', 'say --notes --ref REF');
    const clew = await openFresh(cli);
    if (flags.notes) {
      const written = clew.writeNotes(range, flags.ref);
      if (flags.json) printJson(written);
      else if (written.notes === 0)
        note(`no line of these commits has a certain author: nothing was written to ${written.ref}`);
      else print([`Wrote ${many(written.notes, 'note')} to ${written.ref}.`]);
      return;
    }
    const report = clew.attribution(range, { retainedDays: flags.retained });
    if (flags.json) printJson(report);
    else if (report.commits === 0)
      note('no commits were made here since clew knows the project; name a range');
    else await show(attributionLines(harmless(report), flags.files, viewOf(clew)));
  },
});
