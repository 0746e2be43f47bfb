import * as z from 'zod';
import { entryKinds } from '../../model/index.ts';
import { hitLine } from '../lines.ts';
import { defineTool, maxTokens, offset } from '../tool.ts';

const most = 200;

export const search = defineTool({
  name: 'search',
  title: 'Search all sessions',
  description:
    'Finds words in everything that agents were told, said and did on this machine: prompts, answers, commands, paths, diffs, errors. All words must occur; a phrase stands in double quotes. Use it before solving a problem again that may have been solved before.',
  records: false,
  input: {
    words: z.string().min(1).describe('All of them must occur, in any order'),
    project: z.string().optional().describe("Only sessions whose project's path has this in it"),
    agent: z.string().optional().describe('Only sessions of this agent: claude-code, codex, …'),
    kinds: z.array(z.enum(entryKinds)).optional().describe('Only entries of these kinds'),
    max_tokens: maxTokens,
    offset,
  },
  run: ({ clew }, { words, project, agent, kinds, offset: from }) => ({
    entries: clew.search(words, { project, agent, kinds, limit: most }).map(hitLine),
    none: 'nothing was found',
    offset: from,
  }),
});
