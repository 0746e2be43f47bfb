import * as z from 'zod';
import type { IssueDetail } from '../../index.ts';
import { totalTokens } from '../../model/index.ts';
import { dollars, many, oneLine, shortId, span, time } from '../lines.ts';
import { defineTool, maxTokens, offset } from '../tool.ts';
import { decisionLine } from './why.ts';

const mostFiles = 30;

export const issue = defineTool({
  name: 'issue',
  title: 'An issue, and all that was done for it',
  description:
    'An issue of the tracker with everything done for it: sessions with what ties each to it, work, decisions, commits, files, tokens, cost and time.',
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

function headOf(detail: IssueDetail): string {
  const { id, issue: told, tracker, agents, use, undivided, sessions, warnings } = detail;
  const unpriced = use.cost.unpricedTokens > 0 ? `, ${use.cost.unpricedTokens} tokens without a price` : '';
  const done = [
    `${many(sessions.length, 'session')} of ${agents.join(', ') || 'nobody'}`,
    many(detail.operations, 'operation'),
    many(detail.commits.length, 'commit'),
    many(detail.files.length, 'file'),
    `${totalTokens(use.tokens)} tokens`,
    `${dollars(use.cost.computed)}${unpriced}`,
  ];
  return [
    `${id} · ${told ? `${told.status} · ${told.title} (${tracker ?? 'its tracker'})` : 'in no tracker here'}`,
    ...(told?.description ? [oneLine(told.description, 800)] : []),
    done.join(', '),
    ...(detail.startedAt === null
      ? []
      : [
          `from ${time(detail.startedAt)} to ${time(detail.endedAt)}, ${span(detail.elapsedMs ?? 0)}, of these active ${span(detail.activeMs)}`,
        ]),
    ...(undivided.sessions === 0
      ? []
      : [
          `besides ${many(undivided.sessions, 'whole session')} with other issues in it, ${dollars(undivided.cost.computed)}: how much is this issue's is not known`,
        ]),
    ...warnings,
  ].join('\n');
}

const shares = { all: '', part: ', a part of it', undivided: ', not divided' } as const;

const linesOf = ({ sessions, work, decisions, commits, files }: IssueDetail): string[] => [
  ...sessions.map((one) =>
    [
      time(one.startedAt),
      `session ${shortId(one.id)}${shares[one.share]}`,
      one.agent ?? 'not known',
      oneLine(one.title ?? 'untitled', 120),
      `${many(one.operations, 'operation')}, ${dollars(one.use.cost.computed)}`,
      `known by ${[...new Set(one.evidence.map(evidenceText))].join(', ')}`,
    ].join(' · '),
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

function evidenceText({ kind, key }: IssueDetail['sessions'][number]['evidence'][number]): string {
  if (kind === 'branch') return `branch ${oneLine(key, 80)}`;
  if (kind === 'commit') return `commit ${key.slice(0, 12)}`;
  return kind === 'closed_by_session' ? 'its tracker, which says that it closed it' : kind;
}
