// Sessions: which there are, what they used, where a fork came from, and what happened to them beside tool calls.
import type { View } from '../clew/run.ts';
import type { Report } from '../report.ts';
import { expectedCalls, sessionChapters, sessionsOf, sum, type Told } from './expected.ts';

export function checkSessions(told: Told, view: View, report: Report): void {
  const { world, story } = told;
  const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id).toSorted();
  // Older clients hand hooks, and even give files to, session ids that are not any session's.
  const real = sessionChapters.map((chapter) => ({ id: story[chapter].session }));
  report.equal('lists every session and nothing else', ids(view.sessions), ids(real));

  const calls = expectedCalls(told);
  for (const chapter of sessionChapters) {
    const row = view.sessions.find(({ id }) => id === story[chapter].session);
    const answers = world.stub.ledger.answers(...sessionsOf[chapter]);
    report.equal(`${chapter}: counts the tokens that were served`, row?.tokens, sum(answers));
    const own = calls.filter((call) => call.chapter === chapter).length;
    const models = [...new Set(answers.map(({ model }) => model!))].toSorted();
    report.equal(
      `${chapter}: says who worked where`,
      { ...pick(row), models: row?.models.toSorted() },
      { agent: 'claude-code', agentVersion: world.version, workspace: world.work, operations: own, models },
    );
  }
  const row = (chapter: keyof typeof sessionsOf) =>
    view.sessions.find(({ id }) => id === story[chapter].session);
  report.equal(
    'branch: names the session that it was forked from',
    row('branch')?.parentSessionId,
    story.tools.session,
  );
  const orphans = view.sessions.filter(
    ({ id, parentSessionId }) => id !== story.branch.session && parentSessionId,
  );
  report.equal('names no other parents', orphans, []);
  const ended = row('killed')?.status;
  report.holds('killed: does not say that it went well', ended !== undefined && ended !== 'completed', ended);
}

const pick = (row: View['sessions'][number] | undefined) =>
  row && {
    agent: row.agent,
    agentVersion: row.agentVersion,
    workspace: row.workspace,
    operations: row.operations,
  };

export function checkTimeline({ world, story }: Told, view: View, report: Report): void {
  const count = (chapter: keyof typeof sessionsOf, kind: string) =>
    view.entries.get(story[chapter].session)?.filter((entry) => entry.kind === kind).length ?? 0;
  report.equal('talk: shows the compaction', count('talk', 'compaction'), 1);
  report.holds(
    'refused: shows the error of the API',
    count('refused', 'api_error') > 0,
    count('refused', 'api_error'),
  );
  const retries = 'overloaded: shows both tries that failed';
  if (world.version !== '2.1.329') report.skip(retries, 'this version does not write them down');
  else report.equal(retries, count('overloaded', 'retry'), 2);
  report.equal('tools: shows both prompts', count('tools', 'prompt'), 2);
}
