// Tells a value that somebody generated or made up as a secret from one that is a word, a name, a piece of code or
// a stand-in. Rules find where a secret would be; this says whether one is there.

const standIns =
  /x{4}|\*{3}|\.{3}|\u00e2\u0080\u00a6|example|change[-_]?me|your[-_]|placeholder|dummy|redacted|replace[-_]?(?:me|with)|insert[-_]|<[^>]*>|0{8}|12345678(?:90?)?$|^(?:pass(?:word|wd)?|postgres|root|admin|user(?:name)?|secret|token|test|guest|mysql|redis|none|null|undefined|true|false|todo)$/i;

/** What points at a secret is none: `$TOKEN`, `${{ secrets.X }}`, `process.env.X`, `%s`, `{password}`, a path. */
const references =
  /^\$|\$[{(]|^\{|\{\{|%[sdvq]\b|^\.{0,2}\/|^~\/|^[A-Z]:[\\/]|^[\w.$]+\(|^@|\w::\w|->|\benv[.[]|environ|^(?:https?|file|op|arn):/;
/** Names are none either: versions, `kv/app/db2`, `app.token.v2`, `app-db-credentials-2`. */
const namings = [
  /^[\^~<>=]*v?\d+\.\d+\.\d+/,
  /^(?:[a-z][a-z0-9_-]*[./:])+[a-z0-9_-]*$/,
  /^[a-z]+(?:[-_][a-z]+){2,}(?:[-_]?v?\d{1,2})?$/,
  /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i,
];

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

/** As much of a value as is judged: a long one is like its beginning. */
const sample = 256;

/** For tokens whose prefix says what they are: only stand-ins such as `ghp_xxxx` are left alone. */
export function looksGenerated(token: string): boolean {
  const value = token.slice(0, sample);
  return entropy(value) >= 2.5 && !isStandIn(value);
}

const dottedName = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/;
const camelName = /^[a-z]*\d{0,2}(?:[A-Z]{1,4}[a-z]{2,}\d{0,2})*$/;
const count = (value: string, pattern: RegExp): number => value.match(pattern)?.length ?? 0;

/**
 * For values that only the name beside them makes suspect. `sure` is whether the form already says that this is a
 * literal (quoted, or in an env file); a bare word may as well be a variable.
 */
export function looksChosen(escaped: string, sure: boolean): boolean {
  const value = escaped.slice(0, sample).replaceAll('\\', '');
  if (value.length < 8 || isStandIn(value) || isReference(escaped.slice(0, sample))) return false;
  if (namings.some((naming) => naming.test(value))) return false;
  const digits = count(value, /[0-9]/g);
  if (digits === value.length || entropy(value) < (sure ? 2.5 : 3)) return false;
  if (digits === 0) return /.[!#^*~]/.test(value) || looksShuffled(value);
  if (sure) return true;
  return (
    !dottedName.test(value) &&
    !camelName.test(value) &&
    count(value, /[0-9](?=[A-Za-z])|[A-Za-z](?=[0-9])|[!#^*~]/g) >= 3
  );
}

/** Letters only: random ones have about as many capitals as not, a name has few. */
function looksShuffled(value: string): boolean {
  const upper = count(value, /[A-Z]/g);
  const lower = count(value, /[a-z]/g);
  return /^[A-Za-z]{16,}$/.test(value) && Math.min(upper, lower) * 3 >= value.length && entropy(value) >= 3.5;
}
