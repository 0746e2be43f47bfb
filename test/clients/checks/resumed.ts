// Resumed from clew's copy: the model is given just what it would have been given by the client itself.
import type { World } from '../client/world.ts';
import type { Report } from '../report.ts';
import { resumedNames, type Resumed } from '../resume.ts';
import { sum } from './expected.ts';
import { conversation, firstRequest } from './sent.ts';

export function checkResumed(world: World, resumed: Resumed, report: Report): void {
  const { ledger } = world.stub;
  const native = conversation(firstRequest(world, 'native')).slice(0, -1);
  report.holds('the client itself gives the whole conversation', native.length >= 6, native.join(', '));
  for (const name of resumedNames) {
    const { way, argv } = resumed.plans[name];
    report.equal(`${name}: by clew's copy`, way, 'cut');
    report.equal(`${name}: goes on as the new session`, resumed.ran[name], argv.at(-1));
    const sent = conversation(firstRequest(world, name));
    report.equal(
      `${name}: is asked what it is to do`,
      sent.at(-1),
      `user: Please go ahead. [[scenario:${name}]]`,
    );
    report.equal(`${name}: was given exactly the conversation`, sent.slice(0, -1), native);
    const row = resumed.sessions.find(({ id }) => id === argv.at(-1));
    report.equal(
      `${name}: counts what it did itself`,
      { tokens: row?.tokens, turns: row?.turns, parent: row?.parentSessionId },
      { tokens: sum(ledger.answers(name)), turns: 1, parent: resumed.original },
    );
  }
  report.holds('torn: the file is as it was', resumed.file[0].equals(resumed.file[1]), '');
}
