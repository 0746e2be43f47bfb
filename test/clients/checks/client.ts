// Did the client do what the scenarios ask of it, and did it write that down? Without this, no word on clew would mean
// anything. Also: everything that the user had set is still in force after `clew init`.
import { readSettings, seenCalls, type Settings } from '../client/settings.ts';
import { readTranscripts } from '../client/transcripts.ts';
import type { World } from '../client/world.ts';
import type { Report } from '../report.ts';
import { chapters } from '../story.ts';
import { expectedCalls, type Told } from './expected.ts';

export function checkClient(told: Told, report: Report): void {
  const { world, story } = told;
  const written = readTranscripts(world.home);
  const calls = expectedCalls(told);
  const answers = world.stub.ledger.answers();

  const ends = chapters.map((chapter) => `${chapter} ${story[chapter].code ?? story[chapter].signal}`);
  const expected = { refused: 1, killed: 'SIGKILL' } as Record<string, number | string>;
  report.equal(
    'ran every session to its end',
    ends,
    chapters.map((chapter) => `${chapter} ${expected[chapter] ?? 0}`),
  );
  report.equal(
    'wrote down every tool call',
    calls.filter(({ id }) => !written.calls.has(id)),
    [],
  );
  const wrong = calls.filter(({ id, becomes }) => {
    const failed = written.calls.get(id)?.failed;
    return failed !== (becomes === 'interrupted' ? undefined : becomes !== 'success');
  });
  report.equal('had every tool call end as planned', wrong, []);
  const lost = answers.filter(
    ({ messageId, usage }) => written.messages.get(messageId)?.output !== usage.output,
  );
  report.equal(`wrote down ${answers.length} answers with their final tokens`, lost, []);
  const errors = world.stub.ledger.entries.filter(({ kind }) => kind === 'error');
  report.equal('tried again twice after 529', errors.filter(({ status }) => status === 529).length, 2);
  report.holds(
    'gave up after 400',
    errors.some(({ status }) => status === 400),
    errors.length,
  );
  const compactions = world.stub.ledger.entries.filter(({ kind }) => kind === 'compaction');
  report.equal(
    'asked for one summary, which no transcript holds',
    compactions.map(({ messageId }) => written.messages.has(messageId!)),
    [false],
  );
}

/** `before`: the user's settings as they were; `first`: as `clew init` left them. */
export function checkSettings(told: Told, before: Settings, first: Settings, report: Report): void {
  const { world } = told;
  const now = readSettings(world);
  report.equal("keeps the user's other settings", { ...now, hooks: {} }, { ...before, hooks: {} });
  report.holds('puts hooks of its own in', hookCount(now) > hookCount(before), now.hooks);
  const kept = Object.entries(before.hooks ?? {}).every(([event, groups]) =>
    (groups as unknown[]).every((group) =>
      JSON.stringify(now.hooks?.[event] ?? []).includes(JSON.stringify(group)),
    ),
  );
  report.holds("keeps the user's hooks beside its own", kept, now.hooks);
  report.equal('changes nothing when it is done again', now, first);
  checkInForce(told, report);
}

const hookCount = ({ hooks }: Settings) => Object.values(hooks ?? {}).flat().length;

/** A client that cannot read its settings goes on without them, and says nothing. */
export function checkInForce(told: Told, report: Report): void {
  const { world } = told;
  const ran = new Set(seenCalls(world).map((seen) => seen.tool_name));
  report.holds("the user's own hooks ran", ran.has('Write') && ran.has('Bash'), [...ran]);
  report.holds(
    "the user's permission rule held",
    deniedByRule(world),
    'the forbidden command was not denied',
  );
}

function deniedByRule(world: World): boolean {
  const call = world.stub.ledger.calls('tools').find(({ becomes }) => becomes === 'blocked');
  return /has been denied/.test(readTranscripts(world.home).calls.get(call?.id ?? '')?.said ?? '');
}
