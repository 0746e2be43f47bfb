// How much of an id is shown: enough that hardly another one begins the same, and that it can be typed.

const least = 8;
/** What ids of a kind begin with alike: `toolu_01`, `session_20`, `ses_`. */
const alike = /^[a-z]+_\d{0,2}/;

/** How many characters at least. */
export const shownLength = (id: string): number => least + (alike.exec(id)?.[0].length ?? 0);

/** The beginning of an id, for people. */
export const shortId = (id: string): string => id.slice(0, shownLength(id));
