// One line of the timeline as Markdown, with what it holds below it.
import type { ChangeRow, OperationRow, TimelineEntry } from '../../types.ts';
import { flagIn, numbersOf, questionsIn, todosIn } from '../detail.ts';
import type { Item, RunItem } from '../outline.ts';
import { count, counted, duration, firstLine, lines, short, within } from '../words.ts';
import { totalTokens } from '../../../model/index.ts';
import { addressLine, commitLine } from './links.ts';
import { code, fenced, indented, plain, prose, quoted, tidy } from './text.ts';

/** Text longer than this is folded. */
const foldedFrom = 25;

export function* itemLines(item: Item, workspace: string | null): Generator<string> {
  if (item.entry) yield item.entry.operation ? operation(item.entry.operation, workspace) : entry(item.entry);
  if (item.run) yield `\n${quoted(runLines(item.run, workspace).trimEnd())}\n\n`;
}

function runLines(run: RunItem, workspace: string | null): string {
  const { node } = run;
  const about = node
    ? ` · ${counted(node.operations, 'operation')} · ${short(totalTokens(node.tokens))} tokens${node.model ? ` · ${plain(node.model)}` : ''}${node.status ? ` · ${plain(node.status)}` : ''}`
    : '';
  const head = `**Subagent ${plain(node?.type ?? '')}** ${node?.description ? `“${plain(node.description)}”` : code(run.id)}${about}\n\n`;
  return [...tidy([head, ...run.items.flatMap((item) => [...itemLines(item, workspace)])])].join('');
}

const marks = { success: '✓', failed: '✗', blocked: '⊘', interrupted: '◼', pending: '…' } as const;

function operation(op: OperationRow, workspace: string | null): string {
  const target = within(workspace, op.target);
  const isLong = target.trim().includes('\n') || target.length > 160;
  const { added, removed } = lines(op.changes);
  // What a subagent was asked stands at the head of its own section.
  const about =
    op.spawned === null && op.description !== op.target ? firstLine(op.description ?? '', 400) : '';
  const facts = [
    about.length <= 100 ? plain(about) : '',
    op.status === 'success' ? '' : op.status,
    op.changes.length > 0 ? `+${count(added)} −${count(removed)}` : '',
    op.durationMs === null ? '' : duration(op.durationMs),
    op.approval === 'denied' ? `denied by ${plain(op.approvedBy ?? 'unknown')}` : '',
  ].filter(Boolean);
  const out = [
    `- ${marks[op.status]} **${plain(op.name || op.type)}** ${code(firstLine(target, 160))}${facts.map((fact) => ` · ${fact}`).join('')}\n`,
  ];
  const below = (text: string): unknown => out.push(`\n${indented(text)}\n`);
  if (about.length > 100) below(plain(about));
  if (isLong) below(fenced(target, op.type === 'execute' ? 'sh' : ''));
  if (op.error) below(fenced(op.error));
  for (const change of op.changes) below(changeText(change, op.target, workspace));
  if (out.length > 1) out.push('\n');
  return out.join('');
}

/** The file is not named again where it is what the operation is about. */
function changeText(change: ChangeRow, target: string, workspace: string | null): string {
  const head = `${change.kind} ${code(within(workspace, change.path))} +${count(change.added)} −${count(change.removed)}`;
  if (change.diff === '') return `${head}${change.partial ? ' (the record does not hold the lines)' : ''}`;
  const named = change.path === target && change.kind === 'update' ? '' : `${head}\n\n`;
  const cut = change.partial ? '\n\n(not the whole change)' : '';
  return `${named}${fold(fenced(change.diff, 'diff'), 'the diff')}${cut}`;
}

const fold = (text: string, what: string): string =>
  text.split('\n').length > foldedFrom
    ? `<details><summary>${what}</summary>\n\n${text}\n\n</details>`
    : text;

function entry(e: TimelineEntry): string {
  switch (e.kind) {
    case 'answer':
      return `\n${prose(e.text)}\n\n`;
    case 'thinking':
      return `\n<details><summary>Thinking</summary>\n\n${prose(e.text)}\n\n</details>\n\n`;
    case 'agent_prompt':
      return `${quoted(prose(e.text))}\n\n`;
    case 'plan':
      return `\n**Plan**\n\n${quoted(prose(e.text))}\n\n`;
    case 'commit':
      return `- **Commit** ${commitLine(e.text)}\n`;
    case 'pull_request':
      return `- **Pull request** ${addressLine(e.text)}\n`;
    case 'todo': {
      const items = todosIn(e.detail).map(
        ({ status, content }) =>
          `  - [${status === 'completed' ? 'x' : ' '}] ${plain(content)}${status === 'in_progress' ? ' (in progress)' : ''}\n`,
      );
      return items.length > 0 ? `- **To do**\n${items.join('')}` : `- **To do** ${plain(e.text)}\n`;
    }
    case 'decision': {
      const asked = questionsIn(e.detail);
      if (asked.length === 0) return `- **Decision** ${plain(e.text)}\n`;
      return asked
        .map(
          ({ question, options, selected }) =>
            `- **Decision** ${plain(question)} → **${plain(selected ?? 'no answer')}**${options.length > 0 ? ` (options: ${plain(options.join(', '))})` : ''}\n`,
        )
        .join('');
    }
    case 'compaction':
      return `\n---\n\n**Compaction** ${plain(numbersOf(e.kind, e.detail, count, duration))}\n\n`;
    case 'api_error':
    case 'error':
      return `- **${e.kind === 'error' ? 'Error' : 'API error'}**\n\n${indented(fenced(e.text))}\n\n`;
    default:
      return other(e);
  }
}

function other(e: TimelineEntry): string {
  const name = e.kind.replaceAll('_', ' ');
  const label = `**${name.charAt(0).toUpperCase()}${name.slice(1)}**`;
  if (flagIn(e.detail, 'compactSummary'))
    return `<details><summary>Summary of the conversation so far</summary>\n\n${prose(e.text)}\n\n</details>\n\n`;
  const numbers = numbersOf(e.kind, e.detail, count, duration);
  const about = numbers && ` · ${plain(numbers)}`;
  if (!e.text.trim().includes('\n') && e.text.length <= 300) return `- ${label} ${plain(e.text)}${about}\n`;
  return `- ${label}${about}\n\n${indented(fenced(e.text))}\n\n`;
}
