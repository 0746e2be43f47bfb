// Whether an agent's hooks are installed, fit its version, work when called, and have been called.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { installedScript } from '../hooks/index.ts';
import type { AgentAdapter, AgentHooks, Context } from '../model/index.ts';
import type { Db } from '../store/index.ts';
import { spoolFolder } from '../stream/index.ts';
import type { Check } from './doctor.ts';

export interface HookState {
  readonly agent: string;
  readonly file: string;
  readonly installed: boolean;
  /** The agent's version, null where it was not found. */
  readonly version: string | null;
  /** Hook calls taken in so far, and when the last one was made. */
  readonly fired: number;
  readonly lastAt: string | null;
}

interface Calls {
  readonly lines: number;
  readonly last: number | null;
}

export async function hookState(
  db: Db,
  context: Context,
  { name: agent }: AgentAdapter,
  hooks: AgentHooks,
): Promise<{ state: HookState; checks: Check[] }> {
  const name = `hooks of ${agent}`;
  const script = installedScript(context.clewHome);
  const version = await hooks.version(context);
  const calls = callsOf(db, agent);
  const state = (file: string, installed: boolean): HookState => ({
    agent,
    file,
    installed,
    version: version ?? null,
    fired: calls.lines,
    lastAt: calls.last ? new Date(calls.last).toISOString() : null,
  });
  try {
    const plan = hooks.planInstall({ context, script, spool: spoolFolder(context.clewHome), version });
    const installed = plan.present.length > 0;
    const check = ((): Check => {
      if (!installed)
        return {
          name,
          ok: 'warn',
          message: 'not installed: durations, approvals and ends of sessions are not known',
          hint: 'clew init',
        };
      const fault = tryScript(script, agent);
      if (fault) return { name, ok: 'fail', message: fault, hint: 'clew init' };
      if (plan.before !== plan.after)
        return {
          name,
          ok: 'warn',
          message: `they do not fit version ${version ?? '(unknown)'}`,
          hint: 'clew init',
        };
      const works = `${plan.present.length} events; a trial call was kept`;
      if (calls.lines === 0)
        return {
          name,
          ok: 'warn',
          message: `${works}; the agent has not called yet`,
          hint: 'use the agent, then look again',
        };
      return { name, ok: 'ok', message: `${works}; ${calls.lines} calls of the agent so far` };
    })();
    const warnings = plan.warnings.map((one): Check => ({
      name,
      ok: 'warn',
      message: `${one.file} ${one.message}`,
    }));
    return { state: state(plan.file, installed), checks: [...warnings, check] };
  } catch (error) {
    return { state: state('', false), checks: [{ name, ok: 'fail', message: (error as Error).message }] };
  }
}

function callsOf(db: Db, agent: string): Calls {
  const row = db
    .prepare<[string], Calls>(
      `SELECT coalesce(sum(s.lines), 0) AS lines, (SELECT max(last_at) FROM session_value WHERE name IN ('started', 'ended')) AS last
       FROM source s WHERE s.agent = ? AND s.kind = 'hooks'`,
    )
    .get(agent);
  return row ?? { lines: 0, last: null };
}

/** Calls the installed script as the agent would, with a spool of its own; says what is wrong, if anything is. */
function tryScript(script: string, agent: string): string | undefined {
  if (!existsSync(script)) return `${script} is missing`;
  const spool = mkdtempSync(path.join(os.tmpdir(), 'clew-doctor-'));
  const payload = '{"hook_event_name":"Trial"}';
  try {
    const run = spawnSync('sh', [script, spool, agent], { input: payload, timeout: 5000 });
    if (run.error) return `${script} cannot be run: ${run.error.message}`;
    const kept = readdirSync(spool).filter((file) => file.endsWith('.json'));
    const isWhole = kept.length === 1 && readFileSync(path.join(spool, kept[0] ?? ''), 'utf8') === payload;
    return run.status === 0 && isWhole ? undefined : `${script} does not keep what it is given`;
  } finally {
    rmSync(spool, { recursive: true, force: true });
  }
}
