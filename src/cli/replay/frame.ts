// What stands on the screen: as much of the step, or of the files as of it, as there is room for, and two lines at the
// foot: where the reader is, and what the keys do.
import { fullMoment } from '../render/time.ts';
import type { View } from '../render/view.ts';
import { fit, pad, widthOf } from '../render/width.ts';
import { harmlessText } from '../render/harmless.ts';
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
  readonly rows: number;
}

/** Just as many lines as there are rows. */
export function frameLines(frame: Frame, view: View): string[] {
  const { state, lines, rows } = frame;
  const room = bodyRows(rows);
  // The window may have grown since the reader scrolled.
  const from = Math.max(0, Math.min(state.scroll, lines.length - room));
  const body = lines.slice(from, from + room);
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
  const place = ` step ${step.number} of ${of} · ${fullMoment(step.entry.at, view.now)}${state.showsFiles ? ' · files' : ''}`;
  const hint = step.checkpoint === null ? '' : ` · clew restore ${step.checkpoint} `;
  const room = view.width - widthOf(place) - widthOf(hint) - 3;
  const shown = room < 8 ? '' : ` · ${fit(title, room)}`;
  return fit(`${place}${shown}${hint}`, view.width);
}

const keys = '→ next  ← back  t turn  / find  f files  q quit';

function footLine({ state, lines }: Frame, from: number, room: number, view: View): string {
  const { typing, said } = state;
  const left = typing
    ? `${typing.what === 'words' ? '/' : 'step '}${harmlessText(typing.text)}█`
    : said === ''
      ? keys
      : said;
  const more =
    lines.length > room ? `  ↓↑ ${from + 1}–${Math.min(lines.length, from + room)} of ${lines.length}` : '';
  const width = view.width - widthOf(more);
  const shown = pad(fit(left, width), width);
  return `${typing || said !== '' ? shown : view.colour.dim(shown)}${view.colour.dim(more)}`;
}
