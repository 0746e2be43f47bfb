// What clew gives agents for their own use: its MCP server among theirs, and commands of their own that call it. Only on
// request, and taken out again with the hooks.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { planOwnFile, planOwnRemoval, removeOwnFile, writeOwnFile } from '../agents/index.ts';
import type { Context, McpServer } from '../model/index.ts';
import { changeOf, program, usedAgents } from './init.ts';
import type { HookChange, HookReport } from './init.ts';

export interface EquipOptions {
  /** A project's folder: only for those who work there. */
  readonly project?: string | undefined;
  readonly dryRun?: boolean | undefined;
  /** Register the MCP server. */
  readonly mcp?: boolean | undefined;
  /** Install the agents' own commands. */
  readonly commands?: boolean | undefined;
}

interface Change {
  readonly file: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly warnings?: readonly { readonly file: string; readonly message: string }[];
}

export function equipAgents(
  context: Context,
  { project: given, dryRun = false, mcp = false, commands = false }: EquipOptions,
): HookReport {
  const project = given === undefined ? undefined : path.resolve(context.cwd, given);
  const report = reportOf(dryRun, (apply) => {
    for (const agent of usedAgents(context)) {
      if (mcp && agent.mcp)
        apply(agent.name, agent.mcp.plan(context, server(context), project), (change) =>
          agent.mcp?.install(change, context),
        );
      for (const file of commands ? (agent.commandFiles?.(context, project) ?? []) : [])
        apply(agent.name, planOwnFile(file, context), (change) => writeOwnFile(change, context));
    }
  });
  const isByName = commands || (mcp && project !== undefined);
  if (!isByName || isOnPath(context)) return report;
  return {
    ...report,
    warnings: [...report.warnings, 'clew is not on the path, and agents call it by its name'],
  };
}

const isOnPath = ({ env, cwd }: Context): boolean =>
  (env['PATH'] ?? '')
    .split(path.delimiter)
    .some((folder) => folder !== '' && existsSync(path.resolve(cwd, folder, 'clew')));

/** Takes both out again, but for commands that the user has changed. */
export function unequipAgents(
  context: Context,
  { project: given, dryRun = false }: Pick<EquipOptions, 'project' | 'dryRun'>,
): HookReport {
  const project = given === undefined ? undefined : path.resolve(context.cwd, given);
  const report = reportOf(dryRun, (apply) => {
    for (const agent of usedAgents(context)) {
      if (agent.mcp)
        apply(agent.name, agent.mcp.planRemoval(context, project), (change) =>
          agent.mcp?.uninstall(change, context),
        );
      for (const file of agent.commandFiles?.(context, project) ?? [])
        apply(agent.name, planOwnRemoval(file, context), (change) => removeOwnFile(change, context));
    }
  });
  // Nobody asked for these by name: what was not there is not worth a word.
  return { ...report, files: report.files.filter((file) => file.changed) };
}

function reportOf(
  dryRun: boolean,
  work: (apply: (agent: string, change: Change, write: (change: Change) => void) => void) => void,
): HookReport {
  const files: HookChange[] = [];
  const warnings: string[] = [];
  const writes: (() => void)[] = [];
  work((agent, change, write) => {
    files.push(changeOf(agent, change));
    warnings.push(...(change.warnings ?? []).map((one) => `${one.file} ${one.message}`));
    writes.push(() => write(change));
  });
  // All is planned by now: settings of one agent that cannot be read leave those of the others alone.
  if (!dryRun) for (const write of writes) write();
  return { dryRun, files, events: [], versions: {}, warnings };
}

/** Agents do not hand on all of their environment: where clew's home is not the usual one, they are told. */
function server({ env, clewHome }: Context): McpServer {
  return {
    command: [...program(), 'mcp'],
    env: env['CLEW_HOME'] ? { CLEW_HOME: clewHome } : {},
  };
}
