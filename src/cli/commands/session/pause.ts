// clew session pause and resume: a session rests, and goes on.
import type { Clew, SessionChange } from '../../../index.ts';
import { viewOf } from '../../cli.ts';
import { defineCommand } from '../../command.ts';
import { json } from '../../flags.ts';
import { printJson } from '../../json.ts';
import { harmless } from '../../render/harmless.ts';
import { changeLine } from '../../render/kept-session.ts';
import { note, print } from '../../terminal.ts';

/** A step of a session, and what became of it. */
export function tell(clew: Clew, change: SessionChange, what: string, asJson: boolean): void {
  if (asJson) printJson(change);
  else {
    print([changeLine(harmless(change.session), change.changed ? what : 'unchanged', viewOf(clew))]);
    if (change.note !== null) note(change.note);
  }
}

export const pause = defineCommand({
  summary: 'Pause a session',
  group: 'Record',
  positionals: [{ name: 'id', required: true, complete: 'session' }],
  flags: { json },
  examples: [['clew session pause 3f2a', 'another of the same agent may begin']],
  async run(cli, { json: asJson }, [id = '']) {
    const clew = await cli.open();
    tell(clew, await clew.pauseSession(id), 'paused', asJson);
  },
});

export const resume = defineCommand({
  summary: 'Go on with a paused session',
  group: 'Record',
  positionals: [{ name: 'id', required: true, complete: 'session' }],
  flags: { json },
  examples: [['clew session resume 3f2a', 'it is active again']],
  async run(cli, { json: asJson }, [id = '']) {
    const clew = await cli.open();
    tell(clew, await clew.resumeSession(id), 'active', asJson);
  },
});
