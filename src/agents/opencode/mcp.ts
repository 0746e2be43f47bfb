// clew's MCP server with OpenCode: in the user's opencode.json, or in a project's, which is committed.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { mcpIn } from '../shared/mcp.ts';
import { configFolder } from './hooks/index.ts';

export const mcp = mcpIn({
  fileOf(context, project) {
    const folder = project === undefined ? configFolder(context) : path.resolve(context.cwd, project);
    const withComments = path.join(folder, 'opencode.jsonc');
    return existsSync(withComments) ? withComments : path.join(folder, 'opencode.json');
  },
  member: 'mcp',
  entryOf: ({ command, env }) => ({ type: 'local', command, enabled: true, environment: env }),
});
