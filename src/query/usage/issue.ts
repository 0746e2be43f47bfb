// Which issue a branch is about, told by its name: `ABC-123`, `#123`, `issue-123`, `123-words`, `feature/123-words`. A number
// of more than six digits at the beginning of a word is a date or an id.

const tracker = /(?:^|[/_-])([A-Z][A-Z0-9]{1,9}-[1-9]\d{0,8})(?![A-Za-z0-9])/;
const marked = /#([1-9]\d{0,8})(?!\d)/;
const named = /(?:^|[/_-])(?:issues?|gh)[/_-]?([1-9]\d{0,8})(?![A-Za-z0-9])/i;
const leading = /(?:^|\/)([1-9]\d{0,5})[-_](?=[A-Za-z])/;

/** `ABC-123`, or `#123`; undefined where the name tells none. */
export function issueOf(branch: string): string | undefined {
  const key = tracker.exec(branch)?.[1];
  if (key !== undefined) return key;
  const number = [marked, named, leading].map((rule) => rule.exec(branch)?.[1]).find(Boolean);
  return number === undefined ? undefined : `#${number}`;
}
