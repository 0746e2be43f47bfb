// Joins a recording with where the reader is in it: gives the lines of the screen, and takes keys. Pure but for reading
// what is shown; the terminal is elsewhere.
import { harmless } from '../render/harmless.ts';
import { untitled } from '../render/session-table.ts';
import type { View } from '../render/view.ts';
import { bodyRows, frameLines } from './frame.ts';
import type { Key } from './keys.ts';
import type { Recording } from './recording.ts';
import { press, startAt } from './state.ts';
import type { State } from './state.ts';
import { fileLines, stepLines } from './step-lines.ts';
import type { Step } from './steps.ts';

export interface Size {
  readonly rows: number;
  readonly view: View;
}

export interface Player {
  /** The lines of the screen, top to bottom. */
  readonly screen: (size: Size) => string[];
  /** False once the reader wants to leave. */
  readonly press: (key: Key, size: Size) => boolean;
}

/** `from`: the step to begin with, from 0. There must be one. */
export function createPlayer(recording: Recording, from: number): Player {
  const { steps } = recording;
  const title = harmless(recording.title ?? untitled);
  let state: State = startAt(from);
  let laid: { readonly of: string; readonly lines: readonly string[] } | undefined;

  const step = (): Step => steps[state.step]!;
  /** Laid out once for a width: scrolling in a long diff must not lay it out again with every line. */
  const lines = (view: View): readonly string[] => {
    const of = `${state.step} ${state.showsFiles} ${view.width}`;
    if (laid?.of !== of) laid = { of, lines: layOut(recording, step(), state.showsFiles, view) };
    return laid.lines;
  };

  return {
    screen: ({ rows, view }) =>
      frameLines({ state, step: harmless(step()), of: steps.length, title, lines: lines(view), rows }, view),
    press(key, { rows, view }) {
      state = press(state, key, { steps, lines: lines(view).length, rows: bodyRows(rows) });
      return !state.done;
    },
  };
}

export function layOut(recording: Recording, step: Step, files: boolean, view: View): string[] {
  if (files) return fileLines(harmless(recording.filesAt(step)), view);
  return stepLines(harmless(step), harmless(recording.changesOf(step)), harmless(recording.workspace), view);
}
