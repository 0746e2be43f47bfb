// What the server answered reached the model, and what it recorded is there, for the session that called.
import type { World } from '../client/world.ts';
import type { Equipped } from '../mcp.ts';
import type { Report } from '../report.ts';
import { conversation } from './sent.ts';

export function checkServer(world: World, equipped: Equipped, report: Report): void {
  const { ledger } = world.stub;
  const answers = ledger.answers('mcp');
  const calls = ledger.calls('mcp');
  const heard = conversation(answers.at(-1)?.sent ?? []);
  /** What the model was given for a call of the tool. */
  const result = (tool: string): string => {
    const ids = calls.filter((call) => call.name === `mcp__clew__${tool}`).map((call) => call.id);
    return (
      heard.find((line) => ids.some((id) => line.startsWith(`user: result ${id} `))) ?? `none of ${tool}`
    );
  };
  const says = (name: string, tool: string, words: string): void =>
    report.holds(name, result(tool).includes(words), result(tool));

  report.equal('the model got through its steps', answers.length, 4);
  says('search found the session’s own words', 'search', '«marmalade»');
  says('what is not there is said', 'session', 'NOT_FOUND');
  // Beside sessions that were killed, an old client's own cannot be told.
  if (world.version.startsWith('1.') && result('record_decision').includes('AMBIGUOUS'))
    report.skip('records', 'that version keeps no list of its processes, and several sessions are at work');
  else {
    says('a decision was recorded', 'record_decision', 'is recorded');
    says('work was begun', 'start_work', 'ABC-77 has begun');
    checkRecords(equipped, report);
  }

  const asked = conversation(ledger.answers('own-command')[0]?.sent ?? []).join('\n');
  const isTold = asked.includes('clew checkpoint -m') && asked.includes('half way');
  report.holds('the user’s command tells the model what to do', isTold, asked.slice(0, 1000));
}

function checkRecords({ session, decisions, work }: Equipped, report: Report): void {
  const made = decisions.filter((one) => one.question === 'Which spread?');
  report.equal(
    'the decision is kept',
    made.map((one) => one.session),
    [session],
  );
  report.equal(
    'the work is the session’s',
    work.filter((one) => one.issue === 'ABC-77').map((one) => one.session),
    [session],
  );
}
