// Branches: each was given exactly the conversation up to where it was cut, and counts only what it did itself.
import { branchNames, type Branches, type BranchName } from '../branch.ts';
import type { World } from '../client/world.ts';
import type { Report } from '../report.ts';
import { sum } from './expected.ts';
import { conversation, firstRequest } from './sent.ts';

export function checkBranches(world: World, branches: Branches, report: Report): void {
  const { sessions, before, after } = branches;
  const { ledger } = world.stub;
  const whole = conversation(firstRequest(world, 'third')).slice(0, -1);
  const afterCompaction = conversation(firstRequest(world, 'later')).slice(0, -1);
  for (const name of branchNames) {
    const { original, cut, ran } = sessions[name];
    report.equal(`${name}: goes on as the session that was cut`, ran, cut);
    const sent = conversation(firstRequest(world, name));
    report.equal(`${name}: is asked what it is to do`, sent.at(-1), `user: ${promptOf(name)}`);
    const given = sent.slice(0, -1);
    if (name === 'middle') checkMiddle(given, whole, world, report);
    else {
      const expected = name === 'compacted' ? afterCompaction : whole;
      report.equal(`${name}: was given the conversation up to there`, given, expected);
    }
    const row = after.find(({ id }) => id === cut);
    report.equal(
      `${name}: counts what it did itself`,
      { tokens: row?.tokens, operations: row?.operations, turns: row?.turns, parent: row?.parentSessionId },
      {
        tokens: sum(ledger.answers(name)),
        operations: ledger.calls(name).length,
        turns: 1,
        parent: original,
      },
    );
  }
  const calls = ledger.calls('first', 'second').flatMap(({ id }) => [`call ${id}`, `result ${id}`]);
  const lost = calls.filter((call) => !whole.some((line) => line.includes(call)));
  report.equal('were given every call and its result', lost, []);
  report.holds(
    "the client's file of the original is as it was",
    branches.file[0].equals(branches.file[1]),
    '',
  );
  const known = new Set(before.map(({ id }) => id));
  report.equal(
    'leave all other sessions as they were',
    after.filter(({ id }) => known.has(id)),
    before,
  );
  report.equal('an index made anew tells the same', branches.reindexed, after);
}

/** What clients put between a result and a prompt. */
const clientsOwn = new Set(['user: Continue from where you left off.', 'assistant: No response requested.']);

/** Behind the calls that its model had made at once: all of them are told, and nothing of what followed. */
function checkMiddle(given: readonly string[], whole: readonly string[], world: World, report: Report): void {
  const ids = world.stub.ledger.answers('second')[0]!.calls.map(({ id }) => `result ${id}`);
  const last = whole.findLastIndex((line) => ids.some((id) => line.includes(id)));
  const end = given.findLastIndex((line) => !clientsOwn.has(line));
  const own = given.slice(0, end + 1);
  report.equal('middle: was given the conversation up to there', own, whole.slice(0, last + 1));
}

const promptOf = (name: BranchName) => `Please go ahead. [[scenario:${name}]]`;
