// clew session: sessions that are kept by hand, from start to history.
import { defineCommand } from '../../command.ts';
import { add } from './add.ts';
import { context } from './context.ts';
import { end } from './end.ts';
import { history } from './history.ts';
import { list } from './list.ts';
import { pause, resume } from './pause.ts';
import { snapshot } from './snapshot.ts';
import { start } from './start.ts';
import { status } from './status.ts';
import { update } from './update.ts';

export const session = defineCommand({
  summary: 'Keep a session by hand: begin, pause, end it, and what happened in it',
  group: 'Record',
  positionals: [],
  flags: {},
  subcommands: { start, status, list, history, context, pause, resume, end, add, update, snapshot },
  about:
    'An agent that is started where CLEW_SESSION_ID is set works inside the session: what it does and what is recorded by hand are one.',
  examples: [
    ['clew session start --project . --goal "mend the parser"', 'begin'],
    ['clew session status 3f2a --verbose', 'how it stands'],
    ['clew session end 3f2a --message "done, with a test"', 'end it'],
    ['clew session history 3f2a', 'what happened in it'],
  ],
  async run() {},
});
