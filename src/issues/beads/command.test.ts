// beads on an embedded Dolt, by `bd`: a program that prints just what `bd` of several versions prints.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { tempFolder } from '../../../test/support/home.ts';
import { describeTracker } from '../contract.ts';
import { beads } from './index.ts';

const clock = {
  id: 'bd-a3f2',
  title: 'The clock is wrong at noon',
  description: 'It shows 0:00.',
  status: 'in_progress',
  priority: 1,
  issue_type: 'bug',
  assignee: 'mira',
  external_ref: 'gh-12',
  labels: ['noon'],
  created_at: '2026-01-05T03:30:00Z',
  updated_at: '2026-01-05T08:30:00Z',
  comment_count: 2,
};
const zones = {
  id: 'bd-b71',
  title: 'Time zones',
  status: 'closed',
  priority: 0,
  issue_type: 'epic',
  created_at: '2026-01-04T10:00:00Z',
  updated_at: '2026-01-06T10:00:00Z',
  closed_at: '2026-01-06T10:00:00Z',
  close_reason: 'done',
  closed_by_session: 'a1d85e3b-7f26-4c90-b3ea-58c2049d6f17',
  comment_count: 0,
};
/** `bd list` tells the edge, `bd show` the issue at its other end. */
const listed = [
  { ...clock, dependencies: [{ issue_id: 'bd-a3f2', depends_on_id: 'bd-b71', type: 'blocks' }] },
  zones,
];
const shown = {
  'bd-a3f2': { ...clock, dependencies: [{ ...zones, dependency_type: 'blocks' }] },
  'bd-b71': zones,
};

type Envelope = (value: object, isList: boolean) => object;
const versions: Readonly<Record<string, { envelope: Envelope; unknown: readonly string[] }>> = {
  'of 0.50, with bare arrays': { envelope: (value) => [value].flat(), unknown: [] },
  'that shows one object, and knows fewer flags': {
    envelope: (value) => value,
    unknown: ['--readonly', '--all', '--limit'],
  },
  'of 1.0 with its version in each object': {
    envelope: (value, isList) => (isList ? value : { schema_version: 1, ...value }),
    unknown: ['--readonly'],
  },
  'of 1.0.3 with an envelope': {
    envelope: (value) => ({ schema_version: 1, data: [value].flat() }),
    unknown: [],
  },
};

/** Puts the program into a folder that becomes the PATH; it writes down how it was called. */
function install(bin: string, { envelope, unknown }: (typeof versions)[string]): void {
  mkdirSync(bin, { recursive: true });
  const answers = path.join(bin, 'answers');
  mkdirSync(answers);
  const keep = (name: string, value: object, isList: boolean): void =>
    writeFileSync(path.join(answers, name), JSON.stringify(envelope(value, isList)));
  keep('list', listed, true);
  for (const [id, issue] of Object.entries(shown)) keep(id, issue, false);
  writeFileSync(
    path.join(bin, 'bd'),
    `#!/bin/sh
echo "$PWD|$BEADS_DIR|$*" >> ${bin}/calls
for word; do
  case " ${unknown.join(' ')} " in *" $word "*) echo "Error: unknown flag: $word" >&2; exit 1;; esac
done
if [ "$1" = list ]; then cat ${answers}/list; exit; fi
if [ -f "${answers}/$2" ]; then cat "${answers}/$2"; exit; fi
echo "Note: the server was started" >&2
printf '{"error":"no issue found matching %s","schema_version":1}\\n' "$2" >&2
exit 1
`,
  );
  chmodSync(path.join(bin, 'bd'), 0o755);
}

const system = '/usr/local/bin:/usr/bin:/bin';
function project(folder: string, version: (typeof versions)[string]) {
  mkdirSync(path.join(folder, '.beads', 'embeddeddolt'), { recursive: true });
  writeFileSync(path.join(folder, '.beads', 'metadata.json'), '{"backend":"dolt","dolt_mode":"embedded"}');
  const bin = tempFolder();
  install(bin, version);
  return { bin, surroundings: { env: { PATH: `${bin}:${system}` } } };
}

describeTracker(
  beads,
  Object.entries(versions).map(([name, version]) => ({
    name: `a bd ${name}`,
    make: async (folder) => project(folder, version),
  })),
);

const [usual] = Object.values(versions);
const findIn = (folder: string, env: Record<string, string>) => {
  const tracker = beads.find(folder, { env, home: '/nowhere' });
  if (!tracker) throw new Error('not found');
  return tracker;
};

describe('bd is asked', () => {
  test('for all issues, in the project, for its .beads, and read-only', async () => {
    const folder = tempFolder();
    const { bin, surroundings } = project(folder, usual!);
    const tracker = findIn(folder, surroundings.env);
    expect((await tracker.list()).map((one) => [one.id, one.state, one.comments])).toEqual([
      ['bd-a3f2', 'in_progress', 2],
      ['bd-b71', 'closed', 0],
    ]);
    await tracker.get('bd-a3f2');
    expect(readFileSync(path.join(bin, 'calls'), 'utf8').trim().split('\n')).toEqual([
      `${folder}|${folder}/.beads|list --json --all --limit 0 --readonly`,
      `${folder}|${folder}/.beads|show bd-a3f2 --json --readonly`,
    ]);
  });

  test('and what it says when it fails is told', async () => {
    const folder = tempFolder();
    const { bin, surroundings } = project(folder, usual!);
    writeFileSync(
      path.join(bin, 'bd'),
      `#!/bin/sh\necho "Warning: old schema" >&2\necho '{"error":"database is locked","code":"lock"}' >&2\nexit 1\n`,
    );
    await expect(findIn(folder, surroundings.env).list()).rejects.toMatchObject({
      code: 'UNREADABLE',
      message: expect.stringContaining('database is locked') as string,
    });
    writeFileSync(path.join(bin, 'bd'), '#!/bin/sh\necho No issues yet\n');
    await expect(findIn(folder, surroundings.env).list()).rejects.toMatchObject({
      message: expect.stringContaining('No issues yet') as string,
    });
  });

  test('and where there is none, that is told', async () => {
    const folder = tempFolder();
    project(folder, usual!);
    await expect(findIn(folder, { PATH: tempFolder() }).list()).rejects.toMatchObject({
      code: 'UNREADABLE',
      message: expect.stringContaining('bd') as string,
    });
  });
});
