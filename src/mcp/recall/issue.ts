import * as z from 'zod';
import type { IssueDetail } from '../../index.ts';
import { dollars, oneLine, shortId, time } from '../lines.ts';
import { defineTool, maxTokens, offset } from '../tool.ts';
import { decisionLine } from './why.ts';

const mostFiles = 30;

export const issue = defineTool({
  name: 'issue',
  title: 'An issue, and all that was done for it',
  description:
    'An issue of the tracker with everything done for it: sessions, work, decisions, commits, files, cost and time.',
  records: false,
  input: {
    issue: z.string().min(1).describe("The issue's id, as its tracker writes it: bd-12, ABC-123, #7"),
    max_tokens: maxTokens,
    offset,
  },
  async run({ clew }, { issue: id, offset: from }) {
    const found = await clew.issue(id);
    return { head: headOf(found), entries: linesOf(found), none: 'nothing was done for it', offset: from };
  },
});

function headOf({
  id,
  issue: told,
  agents,
  use,
  sessions,
  operations,
  commits,
  warnings,
}: IssueDetail): string {
  const unpriced = use.cost.unpricedTokens > 0 ? `, ${use.cost.unpricedTokens} tokens without a price` : '';
  return [
    `${id} · ${told ? `${told.status} · ${told.title}` : 'in no tracker here'}`,
    ...(told?.description ? [oneLine(told.description, 800)] : []),
    `${sessions.length} sessions of ${agents.join(', ') || 'nobody'}, ${operations} operations, ${commits.length} commits, ${dollars(use.cost.computed)}${unpriced}`,
    ...warnings,
  ].join('\n');
}

const linesOf = ({ sessions, work, decisions, commits, files }: IssueDetail): string[] => [
  ...sessions.map(
    (one) =>
      `${time(one.startedAt)} · session ${shortId(one.id)} · ${one.agent ?? 'not known'} · ${oneLine(one.title ?? 'untitled', 120)} · ${one.operations} operations, ${dollars(one.use.cost.computed)}`,
  ),
  ...work.map(
    (one) =>
      `${time(one.startedAt)} · work ${one.completed ? 'done' : 'open'}${one.agent === null ? '' : ` by ${one.agent}`} · ${oneLine([one.rationale, one.notes].filter(Boolean).join(' → '), 300)}`,
  ),
  ...decisions.map(decisionLine),
  ...commits.map((one) => `${time(one.at)} · commit ${one.sha.slice(0, 12)} · ${oneLine(one.subject)}`),
  ...files.slice(0, mostFiles).map((one) => `file ${one.path} +${one.added} −${one.removed}`),
  ...(files.length > mostFiles ? [`and ${files.length - mostFiles} more files`] : []),
];
