// clew session end: a session is over.
import { endReasons, endStatuses } from '../../../model/index.ts';
import { viewOf } from '../../cli.ts';
import { defineCommand } from '../../command.ts';
import { choice, json } from '../../flags.ts';
import { printJson } from '../../json.ts';
import { harmless } from '../../render/harmless.ts';
import { endLines } from '../../render/kept-session.ts';
import { note, print } from '../../terminal.ts';

export const end = defineCommand({
  summary: 'End a session',
  group: 'Record',
  positionals: [{ name: 'id', required: true, complete: 'session' }],
  flags: {
    status: { ...choice(endStatuses, 'How it came out; completed, if left out'), short: 's' },
    reason: choice(endReasons, 'Why it ended; by the status, if left out'),
    message: { help: 'What is to be said of it', value: 'TEXT', short: 'm' },
    json,
  },
  about: 'The first end counts: to end a session again changes nothing.',
  examples: [
    ['clew session end 3f2a --message "done, with a test"', 'all is well'],
    ['clew session end 3f2a --status aborted --reason context_limit', 'it is not'],
  ],
  async run(cli, { status, reason, message, json: asJson }, [id = '']) {
    const clew = await cli.open();
    const change = await clew.endSession(id, { status, reason, message });
    if (asJson) printJson(change);
    else {
      print(endLines(harmless(change.session), viewOf(clew)));
      if (change.note !== null) note(change.note);
    }
  },
});
