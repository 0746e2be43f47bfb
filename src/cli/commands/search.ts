// clew search: words in everything that was said and done.
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { filterFlags, filterOf, json, kind } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { show } from '../pager.ts';
import { harmless } from '../render/harmless.ts';
import { hitLines } from '../render/search-hits.ts';
import { note } from '../terminal.ts';

export const search = defineCommand({
  summary: 'Find words in everything that was said and done',
  group: 'Look',
  positionals: [{ name: 'words', required: true, many: true }],
  flags: {
    ...filterFlags,
    limit: { ...filterFlags.limit, help: 'Show at most so many hits (50)' },
    kind,
    json,
  },
  about:
    'Finds entries that hold all the words, in any order: prompts, answers, commands, paths, diffs, errors. A phrase stands in quotes of its own: \'"race condition"\'.',
  examples: [
    ['clew search race condition', 'both words, anywhere in an entry'],
    ['clew search \'"race condition"\' --since 7d', 'the phrase, of the last week'],
    ['clew search ECONNREFUSED --kind error,operation', 'only where it went wrong'],
  ],
  async run(cli, flags, words) {
    const clew = await openFresh(cli);
    const hits = clew.search(words.join(' '), { ...filterOf(flags), kinds: flags.kind });
    if (flags.json) {
      printJson(hits);
      return;
    }
    if (hits.length === 0) note('nothing was found');
    await show(hitLines(harmless(hits), viewOf(clew)));
  },
});
