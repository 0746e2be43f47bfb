// clew note: keeps a few words with the session.
import { shortId } from '../../model/index.ts';
import { defineCommand } from '../command.ts';
import { json, sessionFlag } from '../flags.ts';
import { printJson } from '../json.ts';
import { print } from '../terminal.ts';

export const note = defineCommand({
  summary: 'Record a note',
  group: 'Record',
  positionals: [{ name: 'text', required: true, many: true }],
  flags: { session: sessionFlag, json },
  about: 'It stands in the timeline of its session (`clew log`), and `clew search` finds it.',
  examples: [['clew note "the cache must not be shared"', 'for the session at work here']],
  async run(cli, { session, json: asJson }, words) {
    const clew = await cli.open();
    const kept = await clew.recordNote(words.join(' '), { session });
    if (asJson) printJson(kept);
    else print([kept.session === null ? 'Recorded.' : `Recorded, in session ${shortId(kept.session)}.`]);
  },
});
