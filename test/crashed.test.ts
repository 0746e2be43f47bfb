// A session whose process is gone, known from hooks alone: the agent keeps no list of its processes here.
import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { isStill } from '../src/recover/processes.ts';
import { makeSpool } from '../src/stream/index.ts';
import { testHome } from './support/home.ts';

const id = '00000001-5e55-4000-8000-000000000000';

async function statusOf(
  pids: readonly number[],
  ended = false,
): Promise<{ status: string; pending: number }> {
  const home = testHome();
  const spool = makeSpool(home.context.clewHome);
  const event = (n: number, payload: object): void =>
    writeFileSync(
      path.join(spool, `claude-code.${pids[n] ?? pids[0]}.${100 + n}.0.json`),
      JSON.stringify({ session_id: id, cwd: home.context.cwd, ...payload }),
    );
  const tool = { tool_name: 'Bash', tool_input: { command: 'make' }, tool_use_id: 'toolu_1' };
  event(0, { hook_event_name: 'UserPromptSubmit', prompt: 'Build it' });
  await new Promise((resolve) => setTimeout(resolve, 20));
  event(1, { hook_event_name: 'PreToolUse', ...tool });
  if (ended) event(2, { hook_event_name: 'SessionEnd', reason: 'other' });
  const clew = home.open();
  await clew.import();
  return { status: clew.session(id).status, pending: clew.handoff(id).pending.length };
}

const gone = (): number => spawnSync('true').pid;

test('its process is gone: interrupted, and the command that was running is known', async () => {
  const pid = gone();
  expect(await statusOf([pid, pid])).toEqual({ status: 'interrupted', pending: 1 });
});

test('its process runs, it ended, or the numbers are those of shells in between: not interrupted', async () => {
  expect((await statusOf([process.pid, process.pid])).status).toBe('active');
  const pid = gone();
  expect((await statusOf([pid, pid], true)).status).toBe('completed');
  expect((await statusOf([pid, gone()])).status).toBe('active');
});

test.runIf(process.platform === 'linux')('a number that went to a later process is not taken for it', () => {
  const later = spawn('sleep', ['5']);
  expect(isStill(later.pid ?? 0, Date.now())).toBe(true);
  expect(isStill(later.pid ?? 0, Date.now() - 60_000)).toBe(false);
  later.kill();
});
