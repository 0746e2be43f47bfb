// What a rule is: anchors that must be present for it to apply, and a look at the text around one.

/** A stretch of text. `start`/`end` bound the secret; `from`/`to` bound everything that was looked at. */
export interface Match {
  readonly start: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
}

export interface Rule {
  readonly name: string;
  readonly anchors: readonly string[];
  readonly anyCase?: boolean;
  /** The secret at an anchor's place, if there is one. Looks at `longestMatch` bytes at most, never past a newline. */
  readonly at: (text: string, anchor: number) => Match | undefined;
}

/** No match, with all its context, is longer: what lets a huge line be cut in two safely. */
export const longestMatch = 16 * 1024;

/** Makes `at` of a pattern that starts at the anchor; the secret is its group of that name, or the whole. */
export function matcher(pattern: RegExp, accept: (secret: string) => boolean): Rule['at'] {
  const sticky = new RegExp(pattern, `${pattern.flags}dy`);
  return (text, anchor) => {
    sticky.lastIndex = anchor;
    const match = sticky.exec(text);
    if (!match) return undefined;
    const [from, to] = match.indices![0]!;
    const [start, end] = match.indices!.groups?.['secret'] ?? [from, to];
    return accept(text.slice(start, end)) ? { start, end, from, to } : undefined;
  };
}
