// clew work, decision, why and their like, as a user runs them.
import { spawnSync } from 'node:child_process';
import { beforeEach, expect, test } from 'vitest';
import { decided, decidedSession } from '../../../test/support/decided.ts';
import { testHome } from '../../../test/support/home.ts';
import type { TestHome } from '../../../test/support/home.ts';
import { program } from '../../../test/support/program.ts';

let home: TestHome;

beforeEach(() => {
  home = testHome();
  decidedSession(home, home.context.cwd, Date.parse('2026-03-01T12:00:00Z'));
});

function clew(args: readonly string[], session?: string): { out: string; err: string; code: number | null } {
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, ...args], {
    cwd: home.context.cwd,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      HOME: home.context.home,
      CLEW_HOME: home.context.clewHome,
      COLUMNS: '120',
      ...(session && { CLEW_SESSION_ID: session }),
    },
  });
  return { out: stdout, err: stderr, code: status };
}

test('work is begun in the session of the environment, told of, and ended', { timeout: 60_000 }, () => {
  const begun = clew(['work', 'start', 'bd-1', '--rationale', 'it loses comments'], decided);
  expect(begun).toMatchObject({
    out: expect.stringMatching(/ bd-1 {2}begun in session 22222222/) as string,
    code: 0,
  });
  expect(clew(['work', 'start', 'bd-1'], decided)).toMatchObject({
    out: begun.out,
    err: expect.stringContaining('the first begin counts') as string,
    code: 0,
  });
  clew(['work', 'status', 'bd-1', 'in_review'], decided);
  expect(clew(['work']).out).toMatch(/bd-1 .* in_review +claude-code +22222222 +it loses comments/);
  expect(clew(['work', 'done', '--notes', 'fixed'], decided).out).toMatch(/bd-1 {2}done today/);
  expect(JSON.parse(clew(['stats', 'issue', 'bd-1', '--json']).out)).toMatchObject({
    work: 1,
    completed: true,
  });
});

test(
  'a decision takes its options one by one, and refuses an answer that is none of them',
  { timeout: 60_000 },
  () => {
    const decide = (...more: string[]) =>
      clew(['decision', 'add', 'Which?', '-o', 'a', '--option', 'b', ...more]);
    expect(decide('-s', 'c')).toMatchObject({
      code: 1,
      err: expect.stringContaining('"c" is none of') as string,
    });
    expect(decide()).toMatchObject({ code: 2, err: expect.stringContaining('--selected') as string });
    expect(decide('-s', 'b', '--rationale', 'shorter').out).toMatch(
      /Which\?\n {2}selected +b\n {2}not taken +a\n/,
    );
    const listed = clew(['decisions']).out;
    expect(listed.indexOf('Which?')).toBeLessThan(listed.indexOf('Which parser?'));
  },
);

test('why leads from an operation to its prompt and the decision before it', { timeout: 60_000 }, () => {
  const { out } = clew(['why', 'toolu_two']);
  expect(out).toMatch(
    /Prompts\n.*\n {2}write a parser\n[^]*Decisions\nWhich parser\?\n[^]*Operations\n.*lex\.ts/,
  );
  expect(clew(['why', 'nothing'])).toMatchObject({ code: 1, out: '' });
});

test('words that make no sense end in a hint', { timeout: 60_000 }, () => {
  for (const args of [
    ['work', 'begin'],
    ['work', 'status', 'bd-1'],
    ['work', 'start', 'bd-1', 'in_review'],
    ['work', 'done', '--rationale', 'why'],
    ['work', 'list', 'bd-1'],
    ['skill', 'list', '--context-added', '7'],
    ['stats', 'overall', '--project', 'api'],
    ['skill', 'use'],
    ['metric', 'coverage', 'much'],
    ['stats', 'agent'],
    ['stats', 'tools', 'more'],
  ])
    expect([args, clew(args).code]).toEqual([args, 2]);
});
