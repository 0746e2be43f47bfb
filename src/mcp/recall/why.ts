import * as z from 'zod';
import type { Decision, Why } from '../../index.ts';
import { oneLine, shortId, time } from '../lines.ts';
import { defineTool, maxTokens, offset } from '../tool.ts';

export const why = defineTool({
  name: 'why',
  title: 'Why it is so',
  description:
    'What is behind a line, an operation, a commit or an issue: the prompts, the decisions with their rationale, the operations and the commits. Ask before you undo what looks odd.',
  records: false,
  input: {
    what: z.string().min(1).describe('`file:line`, a commit, an operation’s id, or an issue'),
    max_tokens: maxTokens,
    offset,
  },
  run({ clew }, { what, offset: from }) {
    const found = clew.why(what);
    return { head: headOf(found), entries: linesOf(found), none: 'nothing is recorded of it', offset: from };
  },
});

const headOf = ({ target, certainty, how }: Why): string =>
  [
    `${target.kind} ${target.id}${target.text === null ? '' : `: ${oneLine(target.text)}`}`,
    `${certainty}: ${how}`,
  ].join('\n');

/** Decisions first: they say why, the rest says how it came about. */
const linesOf = ({ decisions, prompts, operations, commits, work }: Why): string[] => [
  ...decisions.map(decisionLine),
  ...prompts.map((one) => `${time(one.at)} · prompt in ${shortId(one.session)} · ${oneLine(one.text, 600)}`),
  ...work.map(
    (one) =>
      `${time(one.startedAt)} · work on ${one.issue} · ${oneLine([one.rationale, one.notes].filter(Boolean).join(' → '), 300)}`,
  ),
  ...commits.map((one) => `${time(one.at)} · commit ${one.sha.slice(0, 12)} · ${oneLine(one.subject ?? '')}`),
  ...operations.map(
    (one) =>
      `${time(one.at)} · operation ${one.id} · ${one.name} ${oneLine(one.target, 160)} (${one.status})`,
  ),
];

export function decisionLine({ at, question, selected, rationale, alternatives, by }: Decision): string {
  const others = alternatives.length > 0 ? `; also thought of: ${alternatives.join(', ')}` : '';
  const reason = rationale === null ? '' : `, because ${oneLine(rationale, 400)}`;
  return `${time(at)} · decision${by === null ? '' : ` by ${by}`} · ${oneLine(question)} → ${oneLine(selected ?? 'no answer')}${reason}${others}`;
}
