// The records of a session as they are written out again, whatever its source is.
import path from 'node:path';
import { expect, test } from 'vitest';
import { session as captured, testProject } from '../test/support/project.ts';

const golden = (agent: string, version: string): string =>
  path.join(import.meta.dirname, 'agents', agent, 'golden', version);
const recordsIn = (text: string): readonly Readonly<Record<string, unknown>>[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test.each([
  ['a database', golden('opencode', '1.18.33')],
  ['a document', golden('gemini-cli', '0.23.0')],
  ['logs, snapshots and handoffs', golden('subagent-tracking', '0.1.0')],
])('of %s they are the lines that were made of it, each of one session', async (_, place) => {
  const { clew } = testProject();
  await clew.import({ paths: [place] });
  for (const { id } of clew.sessions()) {
    const told = clew.session(id).sources.filter((one) => one.kind === 'document');
    const records = recordsIn(clew.export(id, 'jsonl'));
    expect(records).toHaveLength(told.reduce((n, { lines }) => n + lines, 0));
    expect(records.length).toBeGreaterThan(0);
    const named = records.flatMap((one) => one['session_id'] ?? []);
    expect(new Set(named).size).toBeLessThanOrEqual(1);
  }
});

test('of a session kept by hand they are those of the journal, and no other session’s', async () => {
  const { clew } = testProject();
  const begin = { project: '.', noContext: true, parallel: true } as const;
  const [one, other] = [await clew.startSession(begin), await clew.startSession(begin)];
  for (const { uuid } of [one, other, one])
    await clew.addInteraction(uuid, { type: 'custom', content: uuid });
  const records = recordsIn(clew.export(one.uuid, 'jsonl')).map((line) => line['record'] as object);
  expect(records).toMatchObject([
    { kind: 'session', subject: 'start' },
    { kind: 'interaction', text: one.uuid },
    { kind: 'interaction', text: one.uuid },
  ]);
});

test('where only hooks tell of a session there are none, and that is said', async () => {
  const { clew, bash } = testProject();
  bash('t1', 'true');
  await clew.import();
  expect(() => clew.export(captured, 'jsonl')).toThrow('only hooks told of it');
});
