// clew's MCP server with Gemini CLI: in the user's settings, or in a project's, which are committed.
import { mcpIn } from '../shared/mcp.ts';
import { settingsFile } from './hooks/index.ts';

export const mcp = mcpIn({
  fileOf: settingsFile,
  member: 'mcpServers',
  entryOf: ({ command: [command, ...args], env }) => ({ command, args, env }),
});
