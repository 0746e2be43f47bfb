// A session as Markdown that reads well on any forge and as plain text. A turn is a section; a subagent is a quote, which
// contains whatever its text does.
import type { SessionDetail, Timeline } from '../../types.ts';
import { factsOf, titleOf } from '../facts.ts';
import { outlineOf } from '../outline.ts';
import type { OutlineTurn } from '../outline.ts';
import { cacheWrite, clock, count, day, firstLine, within } from '../words.ts';
import { itemLines } from './entry.ts';
import { addressLine, commitLine } from './links.ts';
import { code, plain, prose, quoted, tidy } from './text.ts';

export const markdownDocument = (detail: SessionDetail, timeline: Timeline): Iterable<string> =>
  tidy(sections(detail, timeline));

function* sections(detail: SessionDetail, timeline: Timeline): Generator<string> {
  yield `# ${plain(titleOf(detail))}\n\n`;
  for (const [name, value] of factsOf(detail))
    yield `- **${name}:** ${name === 'Session' || name.startsWith('Fork') ? code(value) : plain(value)}\n`;
  yield '\n';
  yield* results(detail);
  yield* tokensTable(detail);
  let lastDay = detail.startedAt ? day(detail.startedAt) : '';
  for (const turn of outlineOf(detail, timeline)) {
    const today = turn.prompt?.at ? day(turn.prompt.at) : lastDay;
    yield heading(turn, today === lastDay ? '' : today);
    lastDay = today;
    if (turn.prompt) yield `${quoted(prose(turn.prompt.text) || '(empty)')}\n\n`;
    for (const item of turn.items) yield* itemLines(item, detail.workspace);
    yield '\n';
  }
}

function heading({ number, prompt }: OutlineTurn, newDay: string): string {
  if (!prompt) return '## Before the first prompt\n\n';
  const kind = prompt.kind === 'prompt' ? '' : `${prompt.kind}: `;
  const time = [newDay, clock(prompt.at)].filter(Boolean).join(', ');
  return `## ${number}. ${kind}${plain(firstLine(prompt.text, 80)) || '(empty)'}${time && ` · ${time}`}\n\n`;
}

function* results(detail: SessionDetail): Generator<string> {
  if (detail.changedFiles.length > 0) {
    yield '## Files changed\n\n| File | Changes | Lines |\n|---|---:|---:|\n';
    for (const file of detail.changedFiles)
      yield `| ${cell(within(detail.workspace, file.path))} | ${count(file.changes)} | +${count(file.added)} −${count(file.removed)} |\n`;
    yield '\n';
  }
  if (detail.commits.length + detail.pullRequests.length === 0) return;
  yield '## Commits\n\n';
  for (const commit of detail.commits) yield `- ${commitLine(commit)}\n`;
  for (const request of detail.pullRequests) yield `- ${addressLine(request)}\n`;
  yield '\n';
}

function* tokensTable(detail: SessionDetail): Generator<string> {
  if (detail.tokensByModel.length === 0) return;
  yield '## Tokens\n\n| Model | Messages | Input | Cache read | Cache write | Output |\n|---|---:|---:|---:|---:|---:|\n';
  for (const { model, messages, tokens: t } of detail.tokensByModel)
    yield `| ${plain(model)} | ${[messages, t.input, t.cacheRead, cacheWrite(t), t.output].map(count).join(' | ')} |\n`;
  yield detail.outputIsLowerBound
    ? '\nOutput is a lower bound: some records hold the count of a response that was still coming in.\n\n'
    : '\n';
}

/** Code in a table's cell: there, a bar ends the cell even in code. */
const cell = (text: string): string => (text.includes('|') ? plain(text) : code(text));
