// beads on an embedded Dolt, by `bd`: a program that prints what `bd` of several versions printed (SOURCES.md).
import { chmodSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { tempFolder } from '../../../test/support/home.ts';
import { describeTracker } from '../contract.ts';
import { beads } from './index.ts';

const golden = path.join(import.meta.dirname, 'golden');
const goldenText = (name: string): string => readFileSync(path.join(golden, name), 'utf8');
const versions = readdirSync(golden).flatMap((name) => /^(.+)\.list\.json$/.exec(name)?.[1] ?? []);

type Told = Readonly<Record<string, unknown>>;

/** Puts the program into a folder that becomes the PATH; it writes down how it was called. */
function install(bin: string, version: string, unknown: readonly string[] = []): void {
  const answers = path.join(bin, 'answers');
  mkdirSync(answers);
  const list = JSON.parse(goldenText(`${version}.list.json`)) as readonly Told[] | { data: readonly Told[] };
  const keep = (name: string, issues: readonly Told[]): void =>
    writeFileSync(
      path.join(answers, name),
      JSON.stringify('data' in list ? { ...list, data: issues } : issues),
    );
  const all = 'data' in list ? list.data : list;
  keep('list', all);
  keep('none', []);
  for (const one of all) keep(String(one['id']), [one]);
  writeFileSync(path.join(answers, 'config'), goldenText(`${version}.config.json`));
  writeFileSync(
    path.join(bin, 'bd'),
    `#!/bin/sh
echo "$PWD|$BEADS_DIR|$*" >> ${bin}/calls
for word; do
  case " ${unknown.join(' ')} " in *" $word "*) echo "Error: unknown flag: $word" >&2; exit 1;; esac
done
[ "$1" = config ] && exec cat ${answers}/config
answer=list
while [ $# -gt 0 ]; do
  [ "$1" = --id ] && { answer=$2; [ -f "${answers}/$2" ] || answer=none; }
  shift
done
cat "${answers}/$answer"
`,
  );
  chmodSync(path.join(bin, 'bd'), 0o755);
}

const system = '/usr/local/bin:/usr/bin:/bin';
function project(folder: string, version: string, unknown?: readonly string[]) {
  mkdirSync(path.join(folder, '.beads', 'embeddeddolt'), { recursive: true });
  writeFileSync(path.join(folder, '.beads', 'metadata.json'), '{"backend":"dolt","dolt_mode":"embedded"}');
  const bin = tempFolder();
  install(bin, version, unknown);
  return { bin, surroundings: { env: { PATH: `${bin}:${system}` } } };
}

const old = { name: 'a bd that knows fewer flags', unknown: ['--include-infra', '--readonly'] };
describeTracker(beads, [
  ...versions.map((version) => ({
    name: `bd ${version}`,
    make: async (folder: string) => project(folder, version),
  })),
  { name: old.name, make: async (folder) => project(folder, versions[0]!, old.unknown) },
  {
    name: 'a bd that cannot give a single issue',
    make: async (folder) => project(folder, versions[0]!, ['--id', '--all', '--limit']),
  },
]);

const findIn = (folder: string, env: Record<string, string>) => {
  const tracker = beads.find(folder, { env, home: '/nowhere' });
  if (!tracker) throw new Error('not found');
  return tracker;
};

test.each(versions)('what bd %s tells', async (version) => {
  const folder = tempFolder();
  const { surroundings } = project(folder, version);
  const all = await findIn(folder, surroundings.env).list();
  const named = Object.fromEntries(all.map((one) => [one.title, one]));
  const id = (title: string): string | undefined => named[title]?.id;
  expect(named).toEqual({
    'The clock is wrong at noon': expect.objectContaining({
      description: 'It shows <0:00>.',
      status: 'in_progress',
      priority: 1,
      type: 'bug',
      assignee: 'mira',
      labels: ['noon', 'time'],
      dependencies: [{ id: id('Time zones'), type: 'blocks' }],
      comments: 1,
      externalRef: 'gh-12',
    }),
    'Time zones': expect.objectContaining({ status: 'cooking', state: 'in_progress', type: 'feature' }),
    'Right all day': expect.objectContaining({ state: 'open', priority: 0, type: 'epic', comments: 0 }),
    'A test for noon': expect.objectContaining({
      id: `${id('Right all day')}.1`,
      state: 'closed',
      closedAt: expect.stringContaining('.000Z') as string,
      closeReason: 'Right since Friday',
      dependencies: [{ id: id('Right all day'), type: 'parent-child' }],
    }),
  });
});

describe('bd is asked', () => {
  const version = '1.0.5';
  const calls = (bin: string): string[] => readFileSync(path.join(bin, 'calls'), 'utf8').trim().split('\n');

  test('for all issues, in the project, for its .beads, and read-only', async () => {
    const folder = tempFolder();
    const { bin, surroundings } = project(folder, version);
    await findIn(folder, surroundings.env).list();
    expect(calls(bin)).toEqual([
      `${folder}|${folder}/.beads|list --json --all --limit 0 --readonly`,
      `${folder}|${folder}/.beads|config get status.custom --json --readonly`,
    ]);
  });

  test('for one issue by `list`, which leaves alone what a bare `bd close` would close', async () => {
    const folder = tempFolder();
    const { bin, surroundings } = project(folder, version);
    const tracker = findIn(folder, surroundings.env);
    expect(await tracker.get('app-sqe')).toMatchObject({ title: 'The clock is wrong at noon' });
    const flags = '--json --all --limit 0 --include-gates --include-templates --include-infra';
    expect(calls(bin)).toEqual([`${folder}|${folder}/.beads|list ${flags} --id app-sqe --readonly`]);
  });

  test('without the flags that it does not know', async () => {
    const folder = tempFolder();
    const { bin, surroundings } = project(folder, version, ['--id', '--limit', '--include-infra']);
    expect(await findIn(folder, surroundings.env).get('app-sqe')).toMatchObject({ id: 'app-sqe' });
    const asked = calls(bin).filter((one) => one.includes('|list '));
    expect(asked).toHaveLength(4);
    expect(asked.at(-1)).toBe(
      `${folder}|${folder}/.beads|list --json --all --include-gates --include-templates --readonly`,
    );
  });

  test('and what it says when it fails is told', async () => {
    const folder = tempFolder();
    const { bin, surroundings } = project(folder, version);
    const says = async (script: string): Promise<unknown> => {
      writeFileSync(path.join(bin, 'bd'), `#!/bin/sh\n${script}\n`);
      return findIn(folder, surroundings.env)
        .list()
        .catch((error: unknown) => error);
    };
    const told = (text: string): object =>
      expect.objectContaining({
        code: 'UNREADABLE',
        message: expect.stringContaining(text) as string,
      }) as object;
    const json = `echo '{"error":"database is locked","code":"lock"}' >&2`;
    expect(await says(`echo "Warning: old schema" >&2\n${json}\nexit 1`)).toEqual(told('database is locked'));
    const lines = 'Error: no beads database found\\nHint: run bd init\\n      or set BEADS_DIR\\n';
    expect(await says(`printf '${lines}' >&2\nexit 1`)).toEqual(told('no beads database found'));
    expect(await says('echo No issues yet')).toEqual(told('No issues yet'));
  });

  test('and where there is none, that is told', async () => {
    const folder = tempFolder();
    project(folder, version);
    await expect(findIn(folder, { PATH: tempFolder() }).list()).rejects.toMatchObject({
      code: 'UNREADABLE',
      message: expect.stringContaining('bd') as string,
    });
  });
});
