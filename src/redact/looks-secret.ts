// Tells a value that somebody generated or made up as a secret from one that is a word, a name, a piece of code or
// a stand-in. Rules find where a secret would be; this says whether one is there.

const standIns =
  /x{4}|\*{3}|\.{3}|…|example|change[-_]?me|your[-_]|placeholder|dummy|redacted|replace[-_]?(?:me|with)|insert[-_]|<[^>]*>|0{8}|12345678(?:90?)?$|^(?:pass(?:word|wd)?|postgres|root|admin|user(?:name)?|secret|token|test|guest|mysql|redis|none|null|undefined|true|false|todo)$/i;

/** Code that fetches a secret is none: `$TOKEN`, `${{ secrets.X }}`, `process.env.X`, `%s`, `{password}`. */
const references =
  /[${}]|^%|%[sdvq]\b|^\.{0,2}\/|^~\/|^[A-Z]:\\|\w\(|^@|::|->|\benv\b|environ|^https?:|^file:|^op:/;

export const isStandIn = (value: string): boolean => standIns.test(value);
export const isReference = (value: string): boolean => references.test(value);

/** Bits per character. */
export function entropy(value: string): number {
  const counts = new Map<string, number>();
  for (const c of value) counts.set(c, (counts.get(c) ?? 0) + 1);
  let bits = 0;
  for (const n of counts.values()) bits -= (n / value.length) * Math.log2(n / value.length);
  return bits;
}

/** For tokens whose prefix says what they are: only stand-ins such as `ghp_xxxx` are left alone. */
export const looksGenerated = (value: string): boolean => entropy(value) >= 2.5 && !isStandIn(value);

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const count = (value: string, pattern: RegExp): number => value.match(pattern)?.length ?? 0;

/**
 * For values that only the name beside them makes suspect. `sure` is whether the form already says that this is a
 * literal (quoted, or in an env file); a bare word may as well be a variable.
 */
export function looksChosen(value: string, sure: boolean): boolean {
  if (value.length < 8 || isStandIn(value) || isReference(value) || uuid.test(value)) return false;
  const digits = count(value, /[0-9]/g);
  if (digits === value.length || entropy(value) < (sure ? 2.5 : 3)) return false;
  if (/[!#%^&*+=?@~]/.test(value.replace(/=+$/, ''))) return digits > 0 || /[a-z]/.test(value);
  if (digits === 0) return looksShuffled(value);
  return sure || count(value, /[0-9](?=[A-Za-z])|[A-Za-z](?=[0-9])/g) >= 3;
}

/** Letters only: random ones have about as many capitals as not, a name has few. */
function looksShuffled(value: string): boolean {
  const upper = count(value, /[A-Z]/g);
  const lower = count(value, /[a-z]/g);
  return /^[A-Za-z]{16,}$/.test(value) && Math.min(upper, lower) * 4 >= value.length && entropy(value) >= 3.5;
}
