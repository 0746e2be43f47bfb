// Where the reader is in a replay, and what each key makes of it. Pure: the terminal is elsewhere.
import type { Key } from './keys.ts';
import { findStep } from './steps.ts';
import type { Step } from './steps.ts';

export interface State {
  /** From 0. */
  readonly step: number;
  /** Lines that have been scrolled past. */
  readonly scroll: number;
  /** The step, the files as of it, or one of them. */
  readonly shows: 'step' | 'files' | 'file';
  /** The file that was chosen last; it stays chosen on other steps. */
  readonly file: string | null;
  /** What is being typed: the number of a step, or words to look for. */
  readonly typing: { readonly what: 'number' | 'words'; readonly text: string } | null;
  /** Words that were looked for last. */
  readonly sought: string;
  /** Told once, until the next key. */
  readonly said: string;
  readonly done: boolean;
}

/** What the keys work on. */
export interface Scene {
  readonly steps: readonly Step[];
  /** How many lines there are of what is shown, and how many of them can be seen. */
  readonly lines: number;
  readonly rows: number;
  /** Of a list of files, their paths. */
  readonly files: readonly string[];
}

export const startAt = (step: number): State => ({
  step,
  scroll: 0,
  shows: 'step',
  file: null,
  typing: null,
  sought: '',
  said: '',
  done: false,
});

export function press(before: State, key: Key, scene: Scene): State {
  const state = { ...before, said: '' };
  if (key === 'ctrl-c') return { ...state, done: true };
  if (state.typing) {
    const typed = type(state, state.typing, key, scene);
    if (typed) return typed;
  }
  const act = actions[typeof key === 'string' ? key : key.typed];
  if (act) return act({ ...state, typing: null }, scene);
  if (typeof key !== 'string' && /^[1-9]$/.test(key.typed))
    return { ...state, typing: { what: 'number', text: key.typed } };
  return { ...state, typing: null };
}

/** Undefined where the key is none that is typed: then it is what it is elsewhere. */
function type(
  state: State,
  { what, text }: NonNullable<State['typing']>,
  key: Key,
  scene: Scene,
): State | undefined {
  const still = (longer: string): State => ({ ...state, typing: { what, text: longer } });
  if (key === 'escape') return { ...state, typing: null };
  if (key === 'backspace')
    return text.length > 1 || (what === 'words' && text !== '')
      ? still(Array.from(text).slice(0, -1).join(''))
      : { ...state, typing: null };
  if (key === 'enter') {
    const ended = { ...state, typing: null };
    return what === 'words' ? seek(ended, text, scene) : jump(ended, text, scene);
  }
  if (typeof key === 'string') return undefined;
  if (what === 'words') return still(text + key.typed);
  return /^\d$/.test(key.typed) ? still(text + key.typed) : undefined;
}

function seek(state: State, text: string, { steps }: Scene): State {
  // Nothing typed means the words of before.
  const words = text.trim() === '' ? state.sought : text.trim();
  if (words === '') return state;
  const found = findStep(steps, words, state.step + 1);
  if (found < 0) return { ...state, sought: words, said: `no step has “${words}”` };
  const said = found === state.step ? 'only this step' : found < state.step ? 'from the start again' : '';
  return { ...at(state, found), sought: words, said };
}

function jump(state: State, text: string, { steps }: Scene): State {
  const number = Number(text);
  if (number >= 1 && number <= steps.length) return at(state, number - 1);
  return { ...state, said: `there are steps 1 to ${steps.length}` };
}

const at = (state: State, step: number): State =>
  step === state.step ? state : { ...state, step, scroll: 0 };

type Action = (state: State, scene: Scene) => State;

const step =
  (by: 1 | -1): Action =>
  (state, { steps }) => {
    const to = state.step + by;
    if (to < 0) return { ...state, said: 'this is the first step' };
    return to < steps.length ? at(state, to) : { ...state, said: 'this is the last step' };
  };

const turn =
  (by: 1 | -1): Action =>
  (state, { steps }) => {
    for (let to = state.step + by; to >= 0 && to < steps.length; to += by)
      if (steps[to]?.beginsTurn) return at(state, to);
    return { ...state, said: by > 0 ? 'this is the last turn' : 'no turn begins before' };
  };

const scroll =
  (by: (rows: number) => number): Action =>
  (state, { lines, rows }) => {
    const most = Math.max(0, lines - rows);
    return { ...state, scroll: Math.max(0, Math.min(most, state.scroll + by(rows))) };
  };

/** The line of the file that is chosen, in a list of files; -1 in what is no such list. */
export function chosenLine({ shows, file }: Pick<State, 'shows' | 'file'>, files: readonly string[]): number {
  if (shows !== 'files' || files.length === 0) return -1;
  return Math.max(0, file === null ? 0 : files.indexOf(file)) + 1;
}

/** Scrolled so that a line can be seen; with the first file, what stands above it. */
export const inSight = (scroll: number, line: number, rows: number): number =>
  line < 0 ? scroll : Math.max(line - rows + 1, Math.min(scroll, line === 1 ? 0 : line));

/** In a list of files up and down choose one, and what is chosen stays in sight; elsewhere they scroll. */
const move =
  (by: (rows: number) => number): Action =>
  (state, scene) => {
    const { files, rows } = scene;
    const from = chosenLine(state, files);
    if (from < 0) return scroll(by)(state, scene);
    const line = Math.max(1, Math.min(files.length, from + by(rows)));
    return { ...state, file: files[line - 1] ?? null, scroll: inSight(state.scroll, line, rows) };
  };

const open: Action = (state, { files }) => {
  const file = files[chosenLine(state, files) - 1];
  return file === undefined ? state : { ...state, shows: 'file', file, scroll: 0 };
};

/** From a file to the list, in which it is in sight; from there to the step. */
const close: Action = (state) =>
  state.shows === 'step' ? state : { ...state, shows: state.shows === 'file' ? 'files' : 'step', scroll: 0 };

const forward = step(1);
const back = step(-1);
const down = move(() => 1);
const up = move(() => -1);
const first: Action = (state) => at(state, 0);
const last: Action = (state, { steps }) => at(state, steps.length - 1);

const actions: Readonly<Record<string, Action | undefined>> = {
  right: forward,
  ' ': forward,
  n: forward,
  left: back,
  p: back,
  down,
  j: down,
  up,
  k: up,
  // One line stays, so that the eye finds its place.
  'page down': move((rows) => Math.max(1, rows - 1)),
  'page up': move((rows) => -Math.max(1, rows - 1)),
  g: first,
  home: first,
  G: last,
  end: last,
  t: turn(1),
  T: turn(-1),
  '/': (state) => ({ ...state, typing: { what: 'words', text: '' } }),
  f: (state, scene) =>
    state.shows === 'step' ? { ...state, shows: 'files', scroll: 0 } : close(state, scene),
  escape: close,
  enter: open,
  q: (state) => ({ ...state, done: true }),
};
