import * as z from 'zod';
import { touchLine } from '../lines.ts';
import { defineTool, maxTokens, offset } from '../tool.ts';

const most = 500;

export const fileHistory = defineTool({
  name: 'file_history',
  title: 'History of a file',
  description:
    'Which agents changed a file, or the files in a folder: when, in which session and operation, how many lines. The latest first.',
  records: false,
  input: {
    path: z.string().min(1).describe('Absolute, or relative to the project'),
    agent: z.string().optional().describe('Only changes by this agent'),
    max_tokens: maxTokens,
    offset,
  },
  run: ({ clew }, { path, agent, offset: from }) => ({
    entries: clew.fileHistory(path, { agent, limit: most }).map(touchLine),
    none: `no agent is known to have changed ${path}`,
    offset: from,
  }),
});
