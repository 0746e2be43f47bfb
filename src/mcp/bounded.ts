// Results go before a model, which pays for every token: they are bounded, and cut at whole entries. What was left out is
// said, and how to get it.

/** A token is taken to be four characters, as in handoffs. */
const charactersPerToken = 4;
/** Room for the words on what was left out. */
const reserve = 160;
const shortest = 200;

export interface Entries {
  /** Stands before the entries, whatever the bound. */
  readonly head?: string | undefined;
  /** Each a line, or a few. */
  readonly entries: readonly string[];
  /** What is said in place of no entries. */
  readonly none: string;
  /** How many entries, of `entries`, are passed over. */
  readonly offset?: number | undefined;
}

export function bounded({ head, entries, none, offset = 0 }: Entries, maxTokens: number): string {
  const lead = head === undefined ? [] : [head];
  if (entries.length === 0) return [...lead, none].join('\n');
  const rest = entries.slice(offset);
  if (rest.length === 0) return [...lead, `there are ${entries.length}, none behind ${offset}`].join('\n');
  let room = maxTokens * charactersPerToken - reserve - lead.join('\n').length;
  const shown: string[] = [];
  for (const entry of rest) {
    room -= entry.length + 1;
    if (room < 0) break;
    shown.push(entry);
  }
  // One that is longer than all the room is cut: nothing at all would help nobody.
  if (shown.length === 0) shown.push(cut(rest[0] ?? '', Math.max(shortest, room + (rest[0] ?? '').length)));
  const next = offset + shown.length;
  const left = entries.length - next;
  const more =
    left === 0 ? [] : [`… ${left} more left out: call again with offset ${next}, or a larger max_tokens`];
  return [...lead, ...shown, ...more].join('\n');
}

/** A text of its own, such as a document. */
export const boundedText = (text: string, maxTokens: number): string =>
  cut(text, maxTokens * charactersPerToken);

function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const note = `\n… ${text.length - most} characters left out: call again with a larger max_tokens`;
  return text.slice(0, Math.max(shortest, most - note.length)) + note;
}
