// clew's MCP server with Claude Code: for all of the user's work in its .claude.json, or in a project's .mcp.json, which is
// committed, and which Claude Code asks each user about.
import path from 'node:path';
import type { Context } from '../../model/index.ts';
import { mcpIn } from '../shared/mcp.ts';

/** Beside the settings where their folder is named, otherwise beside the folder. */
const ownFile = ({ env, home, cwd }: Context): string =>
  path.join(env['CLAUDE_CONFIG_DIR'] ? path.resolve(cwd, env['CLAUDE_CONFIG_DIR']) : home, '.claude.json');

export const mcp = mcpIn({
  fileOf: (context, project) =>
    project === undefined ? ownFile(context) : path.join(path.resolve(context.cwd, project), '.mcp.json'),
  member: 'mcpServers',
  entryOf: ({ command: [command, ...args], env }) => ({ type: 'stdio', command, args, env }),
});
