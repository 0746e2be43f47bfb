// clew mcp: serves agents that speak the Model Context Protocol.
import { statSync } from 'node:fs';
import { defineCommand } from '../command.ts';
import { version } from '../package.ts';
import { UsageError } from '../usage-error.ts';

export const mcp = defineCommand({
  summary: 'Serve agents, so that they can record and recall (MCP over stdio)',
  group: 'Record',
  positionals: [],
  flags: {
    'read-only': { help: 'Only the tools that recall' },
    project: { help: 'The folder that the agent works in (without this, the current one)', value: 'DIR' },
  },
  about:
    'Agents start it themselves: `clew init --mcp` registers it with them. It speaks on stdin and stdout, and ends when they are closed.',
  examples: [
    ['clew mcp', 'what an agent is told to start'],
    ['clew mcp --read-only', 'nothing can be recorded through it'],
  ],
  async run(cli, flags) {
    const { project } = flags;
    if (project !== undefined && !statSync(project, { throwIfNoEntry: false })?.isDirectory())
      throw new UsageError(`--project "${project}" is no folder`, 'name the one that the agent works in');
    const clew = await cli.open(project);
    const { serveMcp } = await import('../../mcp/index.ts');
    await serveMcp(clew, { version: version(), readOnly: flags['read-only'] });
  },
});
