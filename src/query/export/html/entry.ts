// One line of the timeline as HTML, with what it holds below it; a subagent stands inside the operation that started it.
import { totalTokens } from '../../../model/index.ts';
import type { OperationRow, TimelineEntry } from '../../types.ts';
import { flagIn, numbersOf, questionsIn, todosIn } from '../detail.ts';
import { webAddress } from '../facts.ts';
import type { Item, RunItem } from '../outline.ts';
import { count, counted, duration, firstLine, short, span } from '../words.ts';
import { operationBlock } from './operation.ts';
import { block, escape, escapeLine, inline, prose } from './text.ts';
import { clean } from '../clean.ts';

export function* itemBlocks(item: Item, workspace: string | null): Generator<string> {
  const op = item.entry?.operation;
  if (item.run) yield* runBlocks(item.run, op, workspace);
  else if (op) yield operationBlock(op, workspace);
  else if (item.entry) yield `${entryBlock(item.entry)}\n`;
}

/** A subagent, in place of the operation that started it. */
function* runBlocks(
  { id, node, items }: RunItem,
  op: OperationRow | undefined,
  workspace: string | null,
): Generator<string> {
  const took =
    span(node?.startedAt ?? null, node?.endedAt ?? null) ??
    (op?.durationMs ? duration(op.durationMs) : undefined);
  const status = op && op.status !== 'success' ? ` <em>${op.status}</em>` : '';
  const about = node?.description ?? op?.target ?? id;
  const facts = [
    node?.model,
    node && counted(node.operations, 'operation'),
    node && `${short(totalTokens(node.tokens))} tokens`,
    took,
    node?.status === 'completed' || status ? undefined : node?.status,
  ].filter((fact) => fact !== undefined && fact !== null);
  yield `<details class="run" open><summary><b>${escapeLine(node?.type ?? 'subagent')}</b> <span dir="auto">${escapeLine(firstLine(about, 240))}</span>${status} <span class="aside">${escapeLine(facts.join(' · '))}</span></summary>\n`;
  if (op?.error) yield `<div class="error">${block(op.error)}</div>\n`;
  for (const item of items) yield* itemBlocks(item, workspace);
  yield '</details>\n';
}

function entryBlock(e: TimelineEntry): string {
  switch (e.kind) {
    case 'answer':
      return `<div class="answer" dir="auto">${prose(e.text)}</div>`;
    case 'thinking':
      return `<details class="thinking"><summary>Thinking</summary><div dir="auto">${prose(e.text)}</div></details>`;
    case 'agent_prompt':
      return `<details class="asked"><summary>What it was asked</summary><div dir="auto">${prose(e.text)}</div></details>`;
    case 'plan':
      return `<div class="plan" dir="auto"><p class="kind">Plan</p>${prose(e.text)}</div>`;
    case 'commit':
      return note(
        'Commit',
        `<code>${escapeLine(e.text.split(' ')[0]?.slice(0, 12) ?? '')}</code> ${escapeLine(e.text.split(' ').slice(1).join(' '))}`,
        'good',
      );
    case 'pull_request':
      return note('Pull request', link(e.text), 'good');
    case 'todo':
      return note('To do', todos(e));
    case 'decision':
      return note('Decision', decision(e));
    case 'compaction':
      return `<p class="cut"><span>${escapeLine(`Conversation compacted · ${numbersOf(e.kind, e.detail, count, duration)}`)}</span></p>`;
    case 'api_error':
    case 'error':
      return note(e.kind === 'error' ? 'Error' : 'API error', block(e.text), 'bad');
    default:
      return other(e);
  }
}

function other(e: TimelineEntry): string {
  const name = e.kind.replaceAll('_', ' ');
  if (flagIn(e.detail, 'compactSummary')) return folded('Summary of the conversation so far', prose(e.text));
  const numbers = numbersOf(e.kind, e.detail, count, duration);
  const tone = e.kind === 'retry' || e.kind === 'interruption' ? 'bad' : '';
  const label = name.charAt(0).toUpperCase() + name.slice(1);
  if (e.text.includes('\n') || e.text.length > 400) return folded(label, block(e.text));
  return note(
    label,
    `<span dir="auto">${escape(e.text)}</span>${numbers ? ` <span class="aside">${escapeLine(numbers)}</span>` : ''}`,
    tone,
  );
}

const note = (kind: string, html: string, tone = ''): string =>
  `<div class="note ${tone}"><p class="kind">${kind}</p><div>${html}</div></div>`;

const folded = (summary: string, html: string): string =>
  `<details class="thinking"><summary>${summary}</summary><div dir="auto">${html}</div></details>`;

export function link(text: string): string {
  const address = webAddress(text);
  return address
    ? `<a href="${escapeLine(address)}" rel="noopener noreferrer">${escapeLine(address)}</a>`
    : escapeLine(text);
}

function todos(e: TimelineEntry): string {
  const items = todosIn(e.detail);
  if (items.length === 0) return `<span dir="auto">${escape(e.text)}</span>`;
  const one = ({ status, content }: { status: string; content: string }): string =>
    `<li class="${status === 'completed' ? 'done' : status === 'in_progress' ? 'doing' : 'open'}" dir="auto">${escapeLine(content)}</li>`;
  return `<ul class="todo">${items.map(one).join('')}</ul>`;
}

function decision(e: TimelineEntry): string {
  const asked = questionsIn(e.detail);
  if (asked.length === 0) return inline(clean(e.text));
  return asked
    .map(({ question, options, selected }) => {
      const taken = options.map((option) =>
        option === selected ? `<strong>${escapeLine(option)}</strong>` : `<s>${escapeLine(option)}</s>`,
      );
      if (selected !== undefined && !options.includes(selected))
        taken.push(`<strong>${escapeLine(selected)}</strong>`);
      return `<p dir="auto">${escapeLine(question)}</p><p class="options" dir="auto">${taken.join(' ')}</p>`;
    })
    .join('');
}
