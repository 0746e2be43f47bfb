// Ids of issues in texts and names of branches. What looks like one (`utf-8`, `pre-commit`) is one only where it is known.

export interface Known {
  has(id: string): boolean;
}

/** A number, or a run of characters that ids with a prefix are made of. */
const runs = /(?<![\w&#/])#[1-9]\d{0,8}(?![\w-])|[A-Za-z][A-Za-z0-9]*(?:[._-]+[A-Za-z0-9]+)+/g;
/** `bd-a3f2`, `my-app-12.1.3`, `ABC-123`. */
const shape = /^[A-Za-z][A-Za-z0-9._-]*-[A-Za-z0-9]{1,8}(?:\.\d+)*$/;
/** Longer texts have been pasted. */
const mostChars = 100_000;
/** Parts of a run that are tried. */
const mostParts = 24;

/** The known ids that a text names, each once. In the name of a branch words may stand before one: `fix-bd-a3f2-clock`. */
export function idsIn(text: string, known: Known, where: 'text' | 'branch' = 'text'): string[] {
  const found = new Set<string>();
  for (const [run] of text.slice(0, mostChars).matchAll(runs)) {
    const id = run.startsWith('#') ? (known.has(run) ? run : undefined) : within(run, known, where);
    if (id !== undefined) found.add(id);
  }
  return [...found];
}

/** The longest that is known, from the first place where one begins. */
function within(run: string, known: Known, where: 'text' | 'branch'): string | undefined {
  const bounds = [...run.matchAll(/[._-]+/g)].slice(0, mostParts);
  const starts = where === 'text' ? [0] : [0, ...bounds.map((one) => one.index + one[0].length)];
  // What goes on with a number is a child, which is another issue.
  const isEnd = (at: number): boolean => !/^\.\d/.test(run.slice(at));
  const ends = [...bounds.map((one) => one.index).filter(isEnd), run.length].toReversed();
  for (const start of starts)
    for (const end of ends) {
      const id = run.slice(start, end);
      if (shape.test(id) && known.has(id)) return id;
    }
  return undefined;
}

/** More beginnings than these are not looked for one by one. */
const mostHeads = 32;

/**
 * What a text must have in it to name any of these ids: the beginnings that they have in common, such as `ABC-` and `#`.
 * Undefined where there are too many of them to be looked for.
 */
export function headsOf(ids: Iterable<string>): readonly string[] | undefined {
  const heads = new Set<string>();
  for (const id of ids) {
    heads.add(id.startsWith('#') ? '#' : id.slice(0, id.lastIndexOf('-') + 1) || id);
    if (heads.size > mostHeads) return undefined;
  }
  return [...heads];
}
