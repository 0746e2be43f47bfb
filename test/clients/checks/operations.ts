// Each tool call is one operation, in its session, with its status: told by transcript and hooks, copied by forks, and
// still counted once.
import { realpathSync } from 'node:fs';
import type { View } from '../clew/run.ts';
import { seenCalls } from '../client/settings.ts';
import type { Report } from '../report.ts';
import { expectedCalls, sessionChapters, type ExpectedCall, type Told } from './expected.ts';

const types: Readonly<Record<string, string>> = {
  Read: 'read',
  Write: 'write',
  Edit: 'write',
  Bash: 'execute',
};

export function checkOperations(told: Told, view: View, report: Report): void {
  const expected = expectedCalls(told);
  const times = new Map<string, number>();
  for (const { id } of view.operations) times.set(id, (times.get(id) ?? 0) + 1);
  const ids = new Set(expected.map(({ id }) => id));
  report.equal(
    `has each of ${expected.length} tool calls exactly once`,
    expected
      .filter(({ id }) => times.get(id) !== 1)
      .map(({ id, name, chapter }) => [chapter, name, times.get(id) ?? 0]),
    [],
  );
  report.equal(
    'has no others',
    view.operations.filter(({ id }) => !ids.has(id)),
    [],
  );

  const found = new Map(view.operations.map((operation) => [operation.id, operation]));
  for (const chapter of sessionChapters) {
    const calls = expected.filter((call) => call.chapter === chapter);
    report.equal(
      `${chapter}: every operation has its status`,
      calls.map(({ id, name }) => `${name} ${found.get(id)?.status}`),
      calls.map(
        ({ name, becomes }) => `${name} ${told.world.version === '1.0.128' ? unlessTold(becomes) : becomes}`,
      ),
    );
  }
  const misplaced = expected.filter(({ id, session }) => found.get(id) && found.get(id)?.session !== session);
  report.equal('has each in its session', brief(misplaced), []);
  const named = expected.filter(({ id, name }) => found.get(id)?.name !== name);
  report.equal('has each by its name', brief(named), []);
  const typed = expected.filter(({ id, name }) => types[name] && found.get(id)?.type !== types[name]);
  report.equal('has each by its type', brief(typed), []);
  const session = told.story.tools.session;
  const kinds = ['read', 'write', 'execute'];
  const made = expected.filter((call) => call.session === session).map(({ name }) => types[name]);
  report.equal(
    'tools: counts them by type',
    kinds.map((kind) => view.details.get(session)?.operationsByType[kind]),
    kinds.map((kind) => made.filter((type) => type === kind).length),
  );
  const silent = expected.filter(({ id, becomes }) => becomes === 'failed' && !found.get(id)?.error);
  report.equal('says of each failed one why', brief(silent), []);
  checkDurations(told, found, report);
  checkChanges(told, view, found, report);
}

/** Before 2.1.100 nothing tells that a process is gone, so for ten minutes a call without a result may still get one. */
const unlessTold = (becomes: string): string => (becomes === 'interrupted' ? 'pending' : becomes);

const brief = (calls: readonly ExpectedCall[]) =>
  calls.map(({ chapter, name, id }) => `${chapter} ${name} ${id}`);

type Found = ReadonlyMap<string, View['operations'][number]>;

/** The hooks alone tell how long a call took: that it is there says that both channels became one operation. */
function checkDurations({ world }: Told, found: Found, report: Report): void {
  const timed = seenCalls(world).filter((seen) => seen.tool_use_id && seen.duration_ms !== undefined);
  const name = "has the durations that the client's hooks tell";
  if (timed.length === 0) return report.skip(name, 'this version tells none');
  const wrong = timed.filter((seen) => found.get(seen.tool_use_id!)?.durationMs !== seen.duration_ms);
  report.equal(
    `${name} (${timed.length})`,
    wrong.map((seen) => [seen, found.get(seen.tool_use_id!)?.durationMs]),
    [],
  );
}

function checkChanges(told: Told, view: View, found: Found, report: Report): void {
  const { work } = told.world;
  const absolute = (file: string) => (file.startsWith('/') ? file : `${realpathSync(work)}/${file}`);
  const edits = expectedCalls(told).filter(
    ({ name, becomes }) => types[name] === 'write' && becomes === 'success',
  );
  const without = edits.filter(({ id, input }) => {
    const paths = found.get(id)?.changes.map(({ path }) => absolute(path)) ?? [];
    return paths.length !== 1 || paths[0] !== input['file_path'];
  });
  report.equal(
    'has the change of each edit',
    without.map(({ id, name }) => [name, found.get(id)?.changes]),
    [],
  );
  const detail = view.details.get(told.story.tools.session);
  const files =
    detail?.changedFiles.map((file) => absolute(typeof file === 'string' ? file : file.path)) ?? [];
  const edited = edits.filter(({ session }) => session === told.story.tools.session);
  const missing = edited
    .map(({ input }) => String(input['file_path']))
    .filter((file) => !files.includes(file));
  report.equal('lists the changed files', missing, []);
}
