// Joins a recording with where the reader is in it: gives the lines of the screen, and takes keys. Pure but for reading
// what is shown; the terminal is elsewhere.
import type { CheckpointFiles, FileContent } from '../../index.ts';
import { contentLines, fileLine, filesHead } from '../render/checkpoint-files.ts';
import { harmless } from '../render/harmless.ts';
import { untitled } from '../render/session-table.ts';
import type { View } from '../render/view.ts';
import { fit, wrap } from '../render/width.ts';
import { bodyRows, frameLines } from './frame.ts';
import type { Key } from './keys.ts';
import type { Recording } from './recording.ts';
import { press, startAt } from './state.ts';
import type { State } from './state.ts';
import { stepLines } from './step-lines.ts';
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
  let laid: (Laid & { readonly of: string }) | undefined;

  const step = (): Step => steps[state.step]!;
  /** Laid out once for a width: scrolling in a long diff must not lay it out again with every line. */
  const lay = (view: View): Laid => {
    const of = `${state.step} ${state.shows} ${view.width} ${state.shows === 'file' ? state.file : ''}`;
    if (laid?.of !== of) laid = { of, ...layOut(recording, step(), state, view) };
    return laid;
  };

  return {
    screen({ rows, view }) {
      const { lines, files } = lay(view);
      return frameLines({ state, step: harmless(step()), of: steps.length, title, lines, files, rows }, view);
    },
    press(key, { rows, view }) {
      const { lines, files } = lay(view);
      state = press(state, key, { steps, lines: lines.length, rows: bodyRows(rows), files });
      return !state.done;
    },
  };
}

interface Laid {
  readonly lines: readonly string[];
  /** Of a list of files, their paths: a line for each, below the first line. */
  readonly files: readonly string[];
}

function layOut(recording: Recording, step: Step, { shows, file }: State, view: View): Laid {
  if (shows === 'files') return layOutFiles(recording.filesAt(step), view);
  if (shows === 'file' && file !== null)
    return { lines: layOutFile(harmless(recording.fileAt(step, file)), file, view), files: [] };
  return { lines: layOutStep(recording, step, view), files: [] };
}

function layOutFiles(then: CheckpointFiles | string, view: View): Laid {
  if (typeof then === 'string') return { lines: told(then, view), files: [] };
  // What was worked on is what one looks for.
  const files = [...then.files].toSorted((a, b) => Number(a.change === null) - Number(b.change === null));
  const inner = { ...view, width: view.width - 2 };
  const shown = harmless(files).map((one) => `  ${fileLine(one, inner)}`);
  return { lines: [filesHead(harmless(then), view), ...shown], files: files.map((one) => one.path) };
}

function layOutFile(content: FileContent | string, file: string, view: View): string[] {
  const head = view.colour.bold(fit(harmless(file).replaceAll('\n', '␊'), view.width));
  return [head, ...(typeof content === 'string' ? told(content, view) : contentLines(content, view))];
}

const told = (words: string, view: View): string[] =>
  wrap(words, view.width).map((line) => view.colour.dim(line));

export const layOutStep = (recording: Recording, step: Step, view: View): string[] =>
  stepLines(harmless(step), harmless(recording.changesOf(step)), harmless(recording.workspace), view);
