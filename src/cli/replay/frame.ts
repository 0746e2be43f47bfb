// What stands on the screen: as much of the step, or of the files as of it, as there is room for, and two lines at the
// foot: where the reader is, and what the keys do.
import { fullMoment } from '../render/time.ts';
import type { View } from '../render/view.ts';
import { fit, pad, widthOf } from '../render/width.ts';
import { harmlessText } from '../render/harmless.ts';
import { chosenLine, inSight } from './state.ts';
import type { State } from './state.ts';
import type { Step } from './steps.ts';

const footRows = 2;

export const bodyRows = (rows: number): number => Math.max(1, rows - footRows);

export interface Frame {
  readonly state: State;
  readonly step: Step;
  readonly of: number;
  readonly title: string;
  /** All lines of what is shown. */
  readonly lines: readonly string[];
  /** Of a list of files, their paths: a line for each, below the first line. */
  readonly files: readonly string[];
  readonly rows: number;
}

/** Just as many lines as there are rows. */
export function frameLines(frame: Frame, view: View): string[] {
  const { state, lines, rows } = frame;
  const room = bodyRows(rows);
  const chosen = chosenLine(state, frame.files);
  // The window may have grown since the reader scrolled.
  const from = Math.max(0, Math.min(inSight(state.scroll, chosen, room), lines.length - room));
  const body = lines
    .slice(from, from + room)
    .map((line, i) => (from + i === chosen ? view.colour.inverse(`›${line.slice(1)}`) : line));
  const empty = Array.from({ length: room - body.length }, () => '');
  return [
    ...body,
    ...empty,
    view.colour.inverse(pad(statusLine(frame, view), view.width)),
    footLine(frame, from, room, view),
  ].slice(-rows);
}

/** The title gives way first: it is the same on every step. */
function statusLine({ step, of, title, state }: Frame, view: View): string {
  const place = ` step ${step.number} of ${of} · ${fullMoment(step.entry.at, view.now)}${state.shows === 'step' ? '' : ' · files'}`;
  const hint = step.checkpoint === null ? '' : ` · clew restore ${step.checkpoint} `;
  const room = view.width - widthOf(place) - widthOf(hint) - 3;
  const shown = room < 8 ? '' : ` · ${fit(title, room)}`;
  return fit(`${place}${shown}${hint}`, view.width);
}

const keys = {
  step: '→ next  ← back  t turn  / find  f files  q quit',
  files: '→ next  ← back  ↓↑ choose  Enter open  f step  q quit',
  file: '→ next  ← back  ↓↑ scroll  f files  q quit',
} as const;

function footLine({ state, lines }: Frame, from: number, room: number, view: View): string {
  const { typing, said } = state;
  const left = typing
    ? `${typing.what === 'words' ? '/' : 'step '}${harmlessText(typing.text)}█`
    : said === ''
      ? keys[state.shows]
      : said;
  const more =
    lines.length > room ? `  ↓↑ ${from + 1}–${Math.min(lines.length, from + room)} of ${lines.length}` : '';
  const width = view.width - widthOf(more);
  const shown = pad(fit(left, width), width);
  return `${typing || said !== '' ? shown : view.colour.dim(shown)}${view.colour.dim(more)}`;
}
