import * as z from 'zod';
import { entryKinds, sessionStatuses } from '../../model/index.ts';
import { entryLine, oneLine, sessionLine } from '../lines.ts';
import { defineTool, maxTokens, offset, session as sessionId } from '../tool.ts';

const most = 500;

export const sessions = defineTool({
  name: 'sessions',
  title: 'List sessions',
  description:
    'Lists sessions of all coding agents on this machine, the latest first, one a line: id, status, last activity, agent, project, what was done and what it cost.',
  records: false,
  input: {
    project: z.string().optional().describe("Only those whose project's path has this in it"),
    agent: z.string().optional().describe('Only those of this agent: claude-code, codex, …'),
    status: z.enum(sessionStatuses).optional(),
    text: z.string().optional().describe('Only those with these words in the title or the text'),
    max_tokens: maxTokens,
    offset,
  },
  run: ({ clew }, { project, agent, status, text, offset: from }) => ({
    entries: clew.sessions({ project, agent, status, text, limit: most }).map(sessionLine),
    none: 'no sessions match',
    offset: from,
  }),
});

export const session = defineTool({
  name: 'session',
  title: 'Show a session',
  description:
    'Shows one session: what it was about, what it changed and committed, and its timeline, an entry a line. Without `kinds` the timeline has prompts, answers, decisions, errors, commits and operations.',
  records: false,
  input: {
    session: sessionId,
    kinds: z.array(z.enum(entryKinds)).optional().describe('Only entries of these kinds'),
    max_tokens: maxTokens,
    offset,
  },
  run({ clew }, { session: id, kinds, offset: from }) {
    const detail = clew.session(id);
    const { entries } = clew.timeline(detail.id, kinds ? { kinds } : {});
    const shown = kinds ? entries : entries.filter((entry) => !isBeside.has(entry.kind));
    const files = detail.changedFiles.slice(0, 20).map((file) => file.path);
    const facts = [
      sessionLine(detail),
      `id: ${detail.id}`,
      `workspace: ${detail.workspace ?? '–'}; models: ${detail.models.join(', ') || '–'}`,
      ...(files.length === 0
        ? []
        : [`changed ${detail.changedFiles.length} files: ${oneLine(files.join(', '), 600)}`]),
      ...(detail.commits.length === 0 ? [] : [`commits: ${oneLine(detail.commits.join(', '), 400)}`]),
    ];
    return { head: facts.join('\n'), entries: shown.map(entryLine), none: 'nothing was said', offset: from };
  },
});

/** What tells little where the whole is asked for. */
const isBeside: ReadonlySet<string> = new Set([
  'thinking',
  'change',
  'attachment',
  'note',
  'retry',
  'agent_prompt',
]);
