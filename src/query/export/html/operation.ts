// Operations: a line each, unfolding to what is known of them.
import type { OperationRow } from '../../types.ts';
import { count, counted, duration, firstLine, lines, within } from '../words.ts';
import { changeBlock, plusMinus } from './diff.ts';
import { block, escape, escapeLine } from './text.ts';

/** Diffs up to this many lines are unfolded from the start. */
const openUpTo = 16;

export function operationBlock(op: OperationRow, workspace: string | null): string {
  const body = bodyOf(op, workspace);
  const line = lineOf(op, workspace);
  if (body === '') return `<div class="op ${op.status}"><div class="line">${line}</div></div>\n`;
  return `<details class="op ${op.status}"${isOpen(op) ? ' open' : ''}><summary class="line">${line}</summary><div class="body">${body}</div></details>\n`;
}

function isOpen(op: OperationRow): boolean {
  const size = op.changes.reduce((n, change) => n + change.diff.split('\n').length, 0);
  return op.changes.length > 0 && size <= openUpTo;
}

function lineOf(op: OperationRow, workspace: string | null): string {
  const { added, removed } = lines(op.changes);
  return [
    `<i class="dot" title="${op.status}"></i><b>${escapeLine(op.name || op.type)}</b>`,
    `<code dir="ltr">${escapeLine(firstLine(within(workspace, op.target), 240))}</code>`,
    op.status === 'success' ? '' : `<em>${op.status}</em>`,
    op.approval === 'denied' ? `<em>denied by ${escapeLine(op.approvedBy ?? 'unknown')}</em>` : '',
    op.changes.some((change) => change.kind === 'create' && change.path === op.target)
      ? '<span class="aside">new</span>'
      : '',
    op.changes.length > 0 ? plusMinus(added, removed) : '',
    `<span class="took">${op.durationMs === null ? '' : duration(op.durationMs)}</span>`,
  ]
    .filter(Boolean)
    .join(' ');
}

function bodyOf(op: OperationRow, workspace: string | null): string {
  const out: string[] = [];
  const isLong = op.target.trim().includes('\n') || op.target.length > 90;
  // What a subagent was asked stands at the head of its own section.
  if (op.description && op.spawned === null && op.description !== op.target)
    out.push(`<p dir="auto">${escape(firstLine(op.description, 2000))}</p>`);
  if (isLong) out.push(block(op.target));
  if (op.error) out.push(`<div class="error">${block(op.error)}</div>`);
  for (const change of op.changes) out.push(changeBlock(change, workspace, op.target));
  const facts = factsOf(op);
  if (out.length > 0 && facts) out.push(`<p class="aside">${facts}</p>`);
  return out.join('');
}

function factsOf(op: OperationRow): string {
  const number = (name: string): number | undefined => {
    const value = op.detail?.[name];
    return typeof value === 'number' ? value : undefined;
  };
  const [exit, chars] = [number('exitCode'), number('outputChars')];
  return [
    exit === undefined ? '' : `exit code ${exit}`,
    chars === undefined || op.type === 'write' ? '' : `${counted(chars, 'character')} of output`,
    // What the configuration allowed anyway goes without saying.
    op.approval === 'approved' && op.approvedBy !== 'config'
      ? `approved by ${escapeLine(op.approvedBy ?? 'unknown')}`
      : '',
    op.durationMs !== null && op.durationFrom === 'agent'
      ? `${count(op.durationMs)} ms, measured by the agent`
      : '',
  ]
    .filter(Boolean)
    .join(' · ');
}
