// A timeline as lines. The renderer remembers what it has shown, so that the same one serves a whole session and one that
// is followed live: a time is shown when it changes, and which subagent speaks, when another one does.
import type { TimelineEntry } from '../../index.ts';
import { kindStyles, paint } from './kinds.ts';
import { operationLine, operationMark } from './operation-line.ts';
import { clock, day } from './time.ts';
import type { View } from './view.ts';
import { fit, wrap } from './width.ts';

export interface TimelineStyle {
  readonly workspace: string | null;
  /** All of every text. */
  readonly full?: boolean;
  /** The ids of turns and operations, for `clew show`. */
  readonly ids?: boolean;
  /** What a subagent is called. */
  readonly runName?: (run: string) => string | undefined;
}

const timeWidth = 7;
const indentWidth = 2;
const deepest = 6;

export function createTimelineRenderer(view: View, style: TimelineStyle): (entry: TimelineEntry) => string[] {
  const { colour } = view;
  let shownDay = '';
  let shownTime = '';
  let shownRun: string | undefined;

  const dayLine = (at: string): string[] => {
    const name = day(at, view.now);
    if (name === shownDay) return [];
    shownDay = name;
    shownTime = '';
    return [
      '',
      colour.dim(`── ${name} ${'─'.repeat(Math.max(0, Math.min(view.width, 60) - name.length - 4))}`),
    ];
  };

  const time = (at: string | null): string => {
    const text = at === null ? shownTime : clock(at);
    if (text === shownTime) return ' '.repeat(timeWidth);
    shownTime = text;
    return colour.dim(text.padEnd(timeWidth));
  };

  const place = (entry: TimelineEntry, mark: string, body: readonly string[]): string[] => {
    const indent = ' '.repeat(indentWidth * Math.min(entry.depth, deepest));
    const [first = '', ...more] = body;
    const below = ' '.repeat(timeWidth + indent.length + 2);
    return [
      `${time(entry.at)}${indent}${mark} ${first}`.trimEnd(),
      ...more.map((line) => (line === '' ? '' : below + line)),
    ];
  };

  return (entry) => {
    const width = view.width - timeWidth - indentWidth * Math.min(entry.depth, deepest) - 2;
    const body = entry.operation
      ? operationBody(entry.operation, width, style, view)
      : textBody(entry, width, style, view);
    const mark = entry.operation
      ? operationMark(entry.operation, view)
      : paint(view, kindStyles[entry.kind].colour, kindStyles[entry.kind].mark);
    const lines = entry.at === null ? [] : dayLine(entry.at);
    const beginsTurn = entry.depth === 0 && entry.turn === entry.key;
    if (beginsTurn && lines.length === 0) lines.push('');
    // Subagents that run side by side take turns in the timeline.
    const changed = shownRun !== undefined && entry.run !== shownRun && entry.depth > 0;
    shownRun = entry.run;
    if (entry.kind === 'agent_prompt')
      body.unshift(colour.magenta(fit(style.runName?.(entry.run) ?? 'subagent', width)));
    else if (changed)
      lines.push(
        ...place({ ...entry, at: null }, colour.magenta('↳'), [
          colour.dim(fit(style.runName?.(entry.run) ?? `subagent ${entry.run}`, width)),
        ]),
      );
    return [...lines, ...place(entry, mark, body)];
  };
}

function textBody(entry: TimelineEntry, width: number, style: TimelineStyle, view: View): string[] {
  const { lines: most, text: textColour } = kindStyles[entry.kind];
  const text = entry.kind === 'command' ? entry.text.replace(/^\//, '') : entry.text;
  const lines = clip(wrap(text.trim(), width), style.full ? Infinity : most).map((line) =>
    paint(view, textColour, line),
  );
  return style.ids && entry.turn === entry.key ? [...lines, view.colour.yellow(entry.key)] : lines;
}

function operationBody(
  operation: NonNullable<TimelineEntry['operation']>,
  width: number,
  style: TimelineStyle,
  view: View,
): string[] {
  const { error } = operation;
  const errorLines =
    error === null ? [] : clip(wrap(error.trim(), width), style.full ? Infinity : kindStyles.error.lines);
  return [
    operationLine(operation, style.workspace, width, view),
    ...errorLines.map((line) => view.colour.red(line)),
    ...(style.ids ? [view.colour.yellow(operation.id)] : []),
  ];
}

/** The first lines, and how many there are more. One line more is shown rather than spoken of. */
function clip(lines: readonly string[], most: number): string[] {
  if (lines.length <= most + 1) return [...lines];
  const shown = lines.slice(0, most);
  while (shown.at(-1) === '') shown.pop();
  return [...shown, `… ${lines.length - shown.length} more lines`];
}
