// Diffs in colour. One element per line, so that a line keeps its colour when it wraps.
import type { ChangeRow } from '../../types.ts';
import { count, within } from '../words.ts';
import { escape, escapeLine } from './text.ts';

/** The file is not named again where it is what the operation is about. */
export function changeBlock(change: ChangeRow, workspace: string | null, target: string): string {
  const head = `<p class="file"><span>${change.kind}</span> <code>${escapeLine(within(workspace, change.path))}</code> ${plusMinus(change.added, change.removed)}</p>`;
  const note = change.partial
    ? `<p class="aside">${change.diff ? 'Not the whole change.' : 'The record does not hold the lines.'}</p>`
    : '';
  return `${change.path === target ? '' : head}${change.diff ? diff(change.diff) : ''}${note}`;
}

export const plusMinus = (added: number, removed: number): string =>
  `<span class="lines"><ins>+${count(added)}</ins> <del>−${count(removed)}</del></span>`;

function diff(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => `<span${classOf(line)}>${escape(line) || ' '}</span>`);
  return `<pre class="diff" dir="ltr"><code>${lines.join('\n')}</code></pre>`;
}

function classOf(line: string): string {
  if (line.startsWith('+')) return ' class="plus"';
  if (line.startsWith('-')) return ' class="minus"';
  return line.startsWith('@@') ? ' class="hunk"' : '';
}
