// One step as lines: who speaks, what was said or done, how it ended, and the diff of every file that it changed.
import { kindName, kindStyles, paint } from '../render/kinds.ts';
import { diffLines } from '../render/diff.ts';
import { lines as lineCounts, many } from '../render/numbers.ts';
import { operationMark } from '../render/operation-line.ts';
import { shortenPaths, within } from '../render/path.ts';
import { duration } from '../render/time.ts';
import type { View } from '../render/view.ts';
import { fit, wrap } from '../render/width.ts';
import type { StepChange } from './recording.ts';
import type { Step } from './steps.ts';

const indentWidth = 2;
const deepest = 6;
/** Of one file's diff; generated files have diffs that nobody reads and that take seconds to lay out. */
const mostDiffLines = 1000;

/** Everything that is given must be harmless already. */
export function stepLines(
  { entry, subagent }: Step,
  changes: readonly StepChange[],
  workspace: string | null,
  view: View,
): string[] {
  const { colour } = view;
  const indent = ' '.repeat(indentWidth * Math.min(entry.depth, deepest));
  const inner = { ...view, width: Math.max(12, view.width - indent.length) };
  const { mark, colour: markColour, text: textColour } = kindStyles[entry.kind];
  const { operation } = entry;
  const head = operation
    ? `${operationMark(operation, view)} ${colour.bold(operation.name)}`
    : `${paint(view, markColour, mark)} ${colour.dim(kindName(entry.kind))}`;
  const body = operation
    ? operationBody(operation, changes, workspace, inner)
    : wrap(entry.text.trim(), inner.width - 2).map((line) => `  ${paint(view, textColour, line)}`);
  return [
    ...(subagent === null ? [] : [colour.magenta(`↳ ${fit(subagent, inner.width - 2)}`)]),
    head,
    ...body,
  ].map((line) => `${indent}${line}`.trimEnd());
}

function operationBody(
  operation: NonNullable<Step['entry']['operation']>,
  changes: readonly StepChange[],
  workspace: string | null,
  view: View,
): string[] {
  const { colour } = view;
  const { target, description, error, status, durationMs, detail } = operation;
  const exitCode = detail?.['exitCode'];
  const facts = [
    status,
    typeof exitCode === 'number' ? `exit ${exitCode}` : '',
    durationMs === null ? '' : duration(durationMs),
    operation.changes.some((change) => change.undoOperationId !== null) ? 'undone since' : '',
  ].filter(Boolean);
  const indented = (text: string, style = (line: string) => line): string[] =>
    text.trim() === '' ? [] : wrap(text.trim(), view.width - 2).map((line) => `  ${style(line)}`);
  return [
    ...indented(shortenPaths(target, workspace, view)),
    ...indented(description ?? '', colour.dim),
    ...indented(facts.join(' · '), status === 'success' ? colour.dim : colour.yellow),
    ...indented(error ?? '', colour.red),
    ...changes.flatMap((change) => ['', ...changeLines(change, workspace, view)]),
  ];
}

function changeLines(change: StepChange, workspace: string | null, view: View): string[] {
  const { colour } = view;
  const { kind, path, added, removed, diff, partial, sharedWith } = change;
  const lines = diff === '' ? [] : diff.replace(/\n$/, '').split('\n');
  const shown = lines.slice(0, mostDiffLines);
  const notes = [
    lines.length > shown.length ? `… ${many(lines.length - shown.length, 'more line')}` : '',
    partial ? (diff === '' ? 'The diff is not known.' : 'The record does not hold the whole change.') : '',
    sharedWith.length > 0 ? `By this or by what ran at the same time: ${sharedWith.join(', ')}` : '',
  ].filter(Boolean);
  return [
    colour.bold(fit(`${kind} ${within(path, workspace, view)}  ${lineCounts(added, removed)}`, view.width)),
    ...(shown.length === 0 ? [] : diffLines(shown.join('\n'), 'wrap', view)),
    ...notes.flatMap((text) => wrap(text, view.width)).map((line) => colour.dim(line)),
  ];
}
