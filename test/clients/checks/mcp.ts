// What the server answered reached the model, and what it recorded is there, for the session that called.
import type { World } from '../client/world.ts';
import type { Equipped } from '../mcp.ts';
import type { Report } from '../report.ts';
import { conversation } from './sent.ts';

export function checkServer(world: World, { session, decisions, active }: Equipped, report: Report): void {
  const { ledger } = world.stub;
  const answers = ledger.answers('mcp');
  const calls = ledger.calls('mcp');
  const heard = conversation(answers.at(-1)?.sent ?? []);
  const result = (tool: string): string =>
    heard.find((line) =>
      calls.some((call) => call.name === `mcp__clew__${tool}` && line.startsWith(`user: result ${call.id} `)),
    ) ?? `none of ${tool}`;
  report.equal('the model got through its steps', answers.length, 4);
  report.holds(
    'search found the session’s own words',
    result('search').includes('«marmalade»'),
    result('search'),
  );
  report.holds(
    'a decision was recorded',
    result('record_decision').includes('is recorded'),
    result('record_decision'),
  );
  report.holds('work was begun', result('start_work').includes('ABC-77 has begun'), result('start_work'));
  report.holds('what is not there is said', result('session').includes('NOT_FOUND'), result('session'));
  report.equal(
    'the decision is kept',
    decisions.filter((one) => one.question === 'Which spread?').map((one) => one.session),
    [session],
  );
  const mine = active.agents.find((agent) => agent.session === session);
  report.equal('the session is at work on the issue', mine?.issue, 'ABC-77');

  const asked = conversation(ledger.answers('own-command')[0]?.sent ?? []).join('\n');
  report.holds(
    'the user’s command tells the model what to do',
    asked.includes('clew checkpoint -m') && asked.includes('half way'),
    asked.slice(0, 1000),
  );
}
