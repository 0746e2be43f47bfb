// The command that the user has set for alerts: run once for each, by whichever process comes first; what it does wrong is
// told and harms nothing.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test, vi } from 'vitest';
import { tempFolder } from '../test/support/home.ts';
import { spentHome } from '../test/support/spent.ts';
import { runOnce } from './alert-command.ts';
import type { Alert, Context } from './index.ts';
import { statusOf } from './status-line.ts';
import { program } from '../test/support/program.ts';

const now = '2026-11-20T12:30:00Z';
const hour = (n: number): string => `2026-11-20T${String(n).padStart(2, '0')}:10:00Z`;
const failures = (n: number): { session: string; at: string; failed: number } => ({
  session: String(n),
  at: hour(n),
  failed: 10,
});

/** What was told, a line for each alert. */
function notebook() {
  const file = path.join(tempFolder(), 'told');
  return {
    command: `echo "$CLEW_ALERT_ID" >> '${file}'`,
    told: () => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').toSorted() : []),
    clear: () => rmSync(file, { force: true }),
  };
}
/** Long enough for a shell to have started, where it should not. */
const aWhile = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 300));

test('it is run for each alert once, whatever is taken in later, and when the index is made anew', async () => {
  const { command, told } = notebook();
  const home = spentHome(now, { alerts: { command } }, failures(10), failures(9));
  const clew = home.open();
  await clew.import();
  const first = ['error_spike 2026-11-20T09:00:00.000Z', 'error_spike 2026-11-20T10:00:00.000Z'];
  await vi.waitFor(() => expect(told()).toEqual(first), 5000);
  home.spend(failures(11), { at: hour(10), failed: 5 });
  await clew.import();
  clew.reindex();
  await clew.import();
  await vi.waitFor(() => expect(told()).toHaveLength(3), 5000);
  await aWhile();
  expect(told()).toEqual([...first, 'error_spike 2026-11-20T11:00:00.000Z']);
});

test('what happened before the last 24 hours is never told', async () => {
  const { command, told } = notebook();
  const old = { session: '2', at: '2026-11-19T11:10:00Z', failed: 10, tokens: 5000 };
  const limits = { day: { tokens: { soft: 1000 } } };
  const clew = spentHome(now, { limits, alerts: { command } }, old, failures(10)).open();
  await clew.import();
  expect(clew.alerts({ since: 0 })).toHaveLength(3);
  await vi.waitFor(() => expect(told()).not.toEqual([]), 5000);
  await aWhile();
  expect(told()).toEqual(['error_spike 2026-11-20T10:00:00.000Z']);
});

test('a watch runs it as things happen', async () => {
  const { command, told } = notebook();
  const home = spentHome(now, { alerts: { command } });
  const stop = new AbortController();
  const watching = home.open().watch({ signal: stop.signal });
  await aWhile();
  home.spend(failures(10));
  await vi.waitFor(() => expect(told()).toHaveLength(1), 10_000);
  stop.abort();
  await watching;
});

test('a status line runs it', async () => {
  const { command, told } = notebook();
  const home = spentHome(now, {}, failures(10));
  await home.open().import();
  writeFileSync(path.join(home.context.clewHome, 'config.json'), JSON.stringify({ alerts: { command } }));
  await statusOf('', home.context);
  await vi.waitFor(() => expect(told()).toHaveLength(1), 5000);
});

test('of several processes at once, one runs it', async () => {
  const { command, told, clear } = notebook();
  const home = spentHome(new Date().toISOString(), { alerts: { command } });
  home.spend({ at: new Date().toISOString(), failed: 10 });
  const { clewHome, home: HOME } = home.context;
  const env = { PATH: process.env['PATH'], HOME, CLEW_HOME: clewHome };
  const clew = (): Promise<unknown> => promisify(execFile)(process.execPath, [program, 'alerts'], { env });
  await clew();
  expect(told()).toHaveLength(1);
  rmSync(path.join(clewHome, 'alerts'), { recursive: true });
  clear();
  await Promise.all([1, 2, 3, 4].map(clew));
  expect(told()).toHaveLength(1);
});

const alert: Alert = {
  id: 'an alert',
  kind: 'limit_reached',
  severity: 'critical',
  at: now,
  message: 'day $(exit 3): "$5" of `$4`',
  hint: 'clew usage',
  value: 5,
  threshold: 4,
  unit: 'microdollars',
  project: null,
  session: null,
};

/** Runs a command for one alert; what it said of failures. */
async function run(command: string, timeoutMs?: number): Promise<{ failures: string[]; context: Context }> {
  const { context } = spentHome(now, {});
  const failures: string[] = [];
  await runOnce(context, command, [alert], (why) => failures.push(why), timeoutMs);
  return { failures, context };
}

test('it is given the alert as JSON and in its environment, and no part of it is read as shell', async () => {
  const file = path.join(tempFolder(), 'told');
  const { failures } = await run(`cat > '${file}'; env | grep ^CLEW_ALERT_ | sort >> '${file}'`);
  expect(failures).toEqual([]);
  const [json = '', ...variables] = readFileSync(file, 'utf8').trim().split('\n');
  expect(JSON.parse(json)).toEqual(alert);
  expect(variables).toEqual([
    `CLEW_ALERT_AT=${now}`,
    'CLEW_ALERT_HINT=clew usage',
    'CLEW_ALERT_ID=an alert',
    'CLEW_ALERT_KIND=limit_reached',
    'CLEW_ALERT_MESSAGE=day $(exit 3): "$5" of `$4`',
    'CLEW_ALERT_PROJECT=',
    'CLEW_ALERT_SESSION=',
    'CLEW_ALERT_SEVERITY=critical',
    'CLEW_ALERT_THRESHOLD=4',
    'CLEW_ALERT_UNIT=microdollars',
    'CLEW_ALERT_VALUE=5',
  ]);
});

test.each([
  ['echo no such luck >&2; exit 3', 'exit code 3: no such luck'],
  ['exit 1', 'exit code 1'],
  ['kill -9 $$', 'it was ended by SIGKILL'],
  ['there-is-no-such-command', 'exit code 127: '],
])('that it fails is told: %s', async (command, why) => {
  const { failures } = await run(command);
  expect(failures).toEqual([expect.stringContaining(why)]);
});

test('one that hangs is ended with all that it started', async () => {
  const file = path.join(tempFolder(), 'late');
  const started = performance.now();
  const { failures } = await run(`(sleep 1; echo late > '${file}') & sleep 60; true`, 300);
  expect(failures).toEqual(['it was ended after 0.3 seconds']);
  expect(performance.now() - started).toBeLessThan(5000);
  await new Promise((resolve) => setTimeout(resolve, 1200));
  expect(existsSync(file)).toBe(false);
});

test('nobody waits for what it leaves in the background', async () => {
  const started = performance.now();
  const { failures } = await run('sleep 5 & exit 0');
  expect(failures).toEqual([]);
  expect(performance.now() - started).toBeLessThan(4000);
});

test('its failure harms no import, and is told by the doctor until it works again', async () => {
  const config = { alerts: { command: 'echo broken >&2; exit 1' } };
  const home = spentHome(now, config, failures(10), failures(9));
  const clew = home.open();
  const told: string[] = [];
  expect((await clew.import({ onAlertFailure: (why) => told.push(why) })).ran).toBe(true);
  await vi.waitFor(() => expect(told).toEqual(['exit code 1: broken']), 5000);
  const checkOf = async (of: typeof clew) =>
    (await of.doctor()).checks.find((check) => check.name === 'alerts');
  expect(await checkOf(clew)).toMatchObject({
    ok: 'warn',
    message: 'the command for alerts failed when it was last run: exit code 1: broken',
  });
  writeFileSync(
    path.join(home.context.clewHome, 'config.json'),
    JSON.stringify({ alerts: { command: 'exit 0' } }),
  );
  home.spend(failures(11));
  const mended = home.open();
  await mended.import();
  await vi.waitFor(async () => expect(await checkOf(mended)).toMatchObject({ ok: 'ok' }), 5000);
});
