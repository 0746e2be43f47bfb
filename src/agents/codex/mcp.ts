// clew's MCP server with Codex: a table of its config.toml, put in at the end and taken out as a whole.
import path from 'node:path';
import type { AgentMcp, McpServer } from '../../model/agent.ts';
import { readSettings } from '../shared/hooks/files.ts';
import { applyRemoval, planRemoval, writeSettings } from '../shared/hooks/install.ts';
import { codexHome } from './places.ts';

export const mcp: AgentMcp = {
  plan(context, server, project) {
    const file = path.join(codexHome(context), 'config.toml');
    const before = readSettings(file);
    const untouched = (code: string, message: string) => ({
      file,
      before,
      after: before,
      warnings: [{ code, file, message }],
    });
    if (project !== undefined)
      return untouched('user', "is for all of the user's work: run `clew init --mcp` for that");
    const rest = without(before ?? '');
    if (isTaken(rest))
      return untouched('taken', 'has another server by the name of clew, which is left as it is');
    const table = tableOf(server);
    if (before?.endsWith(`\n${table}`) || before === table)
      return { file, before, after: before, warnings: [] };
    const gap = rest === '' ? '' : rest.endsWith('\n') ? '\n' : '\n\n';
    return { file, before, after: rest + gap + table, warnings: [] };
  },
  planRemoval: (context) => planRemoval(path.join(codexHome(context), 'config.toml'), context, without),
  install({ file, before, after }, context) {
    if (after !== undefined) writeSettings({ file, before, after }, context, without);
  },
  uninstall: applyRemoval,
};

/** Values are strings and lists of them: as TOML writes them JSON does. Codex hands on no variables but those named. */
function tableOf({ command: [command, ...args], env }: McpServer): string {
  const pairs = Object.entries(env).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  return [
    '[mcp_servers.clew]',
    `command = ${JSON.stringify(command)}`,
    `args = [${args.map((one) => JSON.stringify(one)).join(', ')}]`,
    ...(pairs.length > 0 ? [`env = { ${pairs.join(', ')} }`] : []),
    'env_vars = ["CLEW_SESSION_ID"]',
    '',
  ].join('\n');
}

/** The table with its values, and the line end before it, which was put in with it. */
const own = /(?:^|\n)\[mcp_servers\.clew\]\n(?:\w+ *=.*(?:\n|$))*/;

const without = (text: string): string =>
  text.replace(own, (table) => (/\bclew\b.*"mcp"/s.test(table) ? '' : table));

/** In whichever of TOML's ways it is written. */
function isTaken(text: string): boolean {
  if (/^\s*(?:\[\s*)?mcp_servers\s*\.\s*["']?clew["']?\s*[\].=]/m.test(text)) return true;
  const table = /^\s*\[\s*mcp_servers\s*\]((?:.|\n(?!\s*\[))*)/m.exec(text)?.[1];
  return /^\s*["']?clew["']?\s*[.=]/m.test(table ?? '');
}
