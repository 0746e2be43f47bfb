// What the terminal sends when a key is pressed, as names of keys. Terminals differ in how they send arrows, Home and
// End: both ways of each are known. What is not known is no key.

export type Key =
  | 'right'
  | 'left'
  | 'up'
  | 'down'
  | 'page up'
  | 'page down'
  | 'home'
  | 'end'
  | 'enter'
  | 'backspace'
  | 'escape'
  | 'ctrl-c'
  /** A character that was typed. */
  | { readonly typed: string };

const named: Readonly<Record<string, Exclude<Key, object>>> = {
  '\u001B[C': 'right',
  '\u001BOC': 'right',
  '\u001B[D': 'left',
  '\u001BOD': 'left',
  '\u001B[A': 'up',
  '\u001BOA': 'up',
  '\u001B[B': 'down',
  '\u001BOB': 'down',
  '\u001B[5~': 'page up',
  '\u001B[6~': 'page down',
  '\u001B[H': 'home',
  '\u001BOH': 'home',
  '\u001B[1~': 'home',
  '\u001B[7~': 'home',
  '\u001B[F': 'end',
  '\u001BOF': 'end',
  '\u001B[4~': 'end',
  '\u001B[8~': 'end',
  '\r': 'enter',
  '\n': 'enter',
  '\u007F': 'backspace',
  '\b': 'backspace',
  '\u001B': 'escape',
  '\u0003': 'ctrl-c',
};

/** One thing that a key sends: a sequence, or a character. */
const one = /\u001B\[[0-?]*[ -/]*[@-~]|\u001BO[@-~]|[^]/gu;

/** Typing fast, or pasting, brings several keys at once. */
export const keysIn = (data: string): Key[] =>
  [...data.matchAll(one)].flatMap(([sent]): Key[] => {
    const key = named[sent];
    if (key) return [key];
    return /^[\u0000-\u001F\u0080-\u009F]/.test(sent) ? [] : [{ typed: sent }];
  });
