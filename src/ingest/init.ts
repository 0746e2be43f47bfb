// Installs clew's hooks with every agent that clew reads, and takes them out again.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { adapters } from '../agents/index.ts';
import { installScript, installStore, installedScript } from '../hooks/index.ts';
import type { AgentAdapter, AgentHooks, Config, Context } from '../model/index.ts';
import { makeSpool, spoolFolder } from '../stream/index.ts';

export interface HookChange {
  readonly agent: string;
  readonly path: string;
  /** null where there is no file. */
  readonly before: string | null;
  readonly after: string | null;
  readonly changed: boolean;
}

export interface HookReport {
  readonly dryRun: boolean;
  readonly files: readonly HookChange[];
  readonly events: readonly string[];
  /** The installed version of each agent, null where it was not found. */
  readonly versions: Readonly<Record<string, string | null>>;
  readonly warnings: readonly string[];
}

export interface HookOptions {
  /** A project's folder: only its sessions are hooked. */
  readonly project?: string | undefined;
  readonly dryRun?: boolean | undefined;
  /** Have sessions be given a handoff when they start after a compaction or a crash. */
  readonly handoff?: boolean | undefined;
}

export async function initHooks(
  context: Context,
  { project, dryRun = false, handoff = false }: HookOptions,
): Promise<HookReport> {
  const files: HookChange[] = [];
  const events: string[] = [];
  const versions: Record<string, string | null> = {};
  const warnings: string[] = [];
  const fault = dryRun ? undefined : installStore(context.clewHome);
  if (fault !== undefined) warnings.push(`there will be no checkpoints: ${fault || 'git failed'}`);
  for (const { name, hooks } of hookedAgents(context)) {
    const version = await hooks.version(context);
    versions[name] = version ?? null;
    if (version === undefined)
      warnings.push(
        `${name}: its version could not be found; only events that every version knows are hooked`,
      );
    // A dry run names the script that would be installed, and must not install it.
    const script = dryRun ? installedScript(context.clewHome) : installScript(context.clewHome);
    const plan = hooks.planInstall({
      context,
      script,
      spool: spoolFolder(context.clewHome),
      version,
      ...(project !== undefined && { project: path.resolve(context.cwd, project) }),
      ...(handoff && { handoff: program() }),
    });
    events.push(...plan.events);
    warnings.push(...plan.warnings.map((one) => `${one.file} ${one.message}`));
    files.push(changeOf(name, plan));
    if (dryRun) continue;
    makeSpool(context.clewHome);
    hooks.install(plan, context);
  }
  return { dryRun, files, events, versions, warnings };
}

/** The words that start clew whatever the agent's PATH, from the sources or the bundle. */
export function program(): string[] {
  const places = ['../bin', '../../bin'].map((place) => path.join(import.meta.dirname, place, 'clew.mjs'));
  const found = places.find((place) => existsSync(place));
  if (!found) throw new Error(`clew.mjs is missing from this installation: ${places.join(', ')}`);
  return [process.execPath, found];
}

export function removeHooks(context: Context, { project, dryRun = false }: HookOptions): HookReport {
  const files = hookedAgents(context).map(({ name, hooks }) => {
    const change = hooks.planUninstall(
      context,
      project === undefined ? undefined : path.resolve(context.cwd, project),
    );
    if (!dryRun) hooks.uninstall(change, context);
    return changeOf(name, change);
  });
  return { dryRun, files, events: [], versions: {}, warnings: [] };
}

/** Where agents keep their records by default. */
const noConfig: Config = { sources: [], redact: {} };

type HookedAdapter = AgentAdapter & { readonly hooks: AgentHooks };

/** Those of them that have hooks. */
export const hookedAgents = (context: Context): HookedAdapter[] =>
  usedAgents(context).filter((one): one is HookedAdapter => one.hooks !== undefined);

/** The agents that clew can hook and that somebody uses here; Claude Code where there is none. */
export function usedAgents(context: Context): AgentAdapter[] {
  const all = adapters.filter((one) => one.hooks !== undefined);
  const used = all.filter((one) => one.roots(context, noConfig).some((root) => existsSync(root.path)));
  return used.length > 0 ? used : all.filter((one) => one.name === 'claude-code');
}

export function changeOf(
  agent: string,
  change: { readonly file: string; readonly before: string | undefined; readonly after: string | undefined },
): HookChange {
  const { file, before, after } = change;
  return { agent, path: file, before: before ?? null, after: after ?? null, changed: before !== after };
}
