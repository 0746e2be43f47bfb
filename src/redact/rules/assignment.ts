// A value beside a name that says it is secret: `DB_PASSWORD=…`, `"apiKey": "…"`, `--token …`. The name is common
// and proves little, so the value decides (looks-secret.ts).
import { beforeBackslashes } from '../escapes.ts';
import { looksChosen } from '../looks-secret.ts';
import type { Match, Rule } from '../rule.ts';

const names = [
  'password', 'passwd', 'passphrase', 'secret', 'credential', '_auth', 'apikey', 'api_key', 'api-key', 'accesskey',
  'access_key', 'access-key', 'privatekey', 'private_key', 'private-key', 'encryption_key', 'signing_key', 'authkey',
  'auth_key',
]; // prettier-ignore
/** Too common as words (`input_tokens`): anchored together with what may follow. */
const commonNames = ['token', 'pwd'];
const followers = ['"', '\\', '=', ':', '_', '-', ' ', "'", ']'];

const head = new RegExp(
  `(?<name>${[...names, ...commonNames].join('|')})` +
    String.raw`(?<tail>[\w-]{0,40})` +
    String.raw`(?<close>(?<level>\\{7}|\\{3}|\\|)["'\x60]\]?)?` +
    String.raw`(?<separator>[ \t]{0,8}(?::[ ]?[a-z]{1,16}[ ]?=|=>|:=|={1,3}|:)[ \t]{0,8}|[ ])`,
  'diy',
);

/** Names that speak of a secret without being one: `token_type`, `passwordField`, `_author`. */
const harmlessTail =
  /(?:hash|sha|digest|count|limit|types?|names?|ids?|ur[il]s?|path|files?|usage|length|size|ttl|expir\w*|at|endpoint|fields?|header|version|policy|index|kind|status|prefix|manager|arn|ref|alg\w*|format|labels?|title|page|provider|class|scopes?|env|var|budget|error|message|pattern|regex)$|^or/i;
const harmlessLead =
  /(?:next|page|public|cursor|continuation|csrf|xsrf|cache|idempotency|pagination|max|min)[-_]?$/i;
const leadLength = 16;

const longestValue = 2048;
const doubleQuote = 0x22;
/** A whole word of a shell or of YAML; what is called or indexed is code. */
const bareValue = /[^\x00-\x20"'`\\,;&|<>(){}[\]]{8,512}(?![^\x00-\x20"'`\\,;&|<>)}\]])/y;

export const assignment: Rule = {
  name: 'assignment',
  anchors: [...names, ...commonNames.flatMap((name) => followers.map((c) => name + c))],
  anyCase: true,
  at(text, anchor) {
    head.lastIndex = anchor;
    const match = head.exec(text);
    if (!match) return undefined;
    const { name, tail, close, level, separator } = match.groups!;
    const lead = text.slice(Math.max(0, anchor - leadLength), anchor);
    if (harmlessTail.test(tail!) || harmlessLead.test(lead)) return undefined;
    const from = anchor;
    const after = head.lastIndex;
    if (separator === ' ')
      return close === undefined && isFlag(lead) ? flagValue(text, from, after) : undefined;
    const quoted = quotedValue(text, from, after);
    if (quoted) {
      // In JSON a raw quote opens a value only after a key in raw quotes; elsewhere it would have to be another file
      // format, and a value without `,` and `:` cannot be JSON between two strings.
      const isKey = close !== undefined && level === '' && close.startsWith('"');
      const raw = text.charCodeAt(after) === doubleQuote;
      const value = text.slice(quoted.start, quoted.end);
      return looksChosen(value, true) && (!raw || isKey || !/[,:]/.test(value)) ? quoted : undefined;
    }
    if (close !== undefined) return undefined; // a quoted name with a bare value: a number, or code
    const isEnv = separator === '=' && !/[a-z]/.test(name! + tail!);
    return bare(text, from, after, isEnv);
  },
};

const isFlag = (lead: string): boolean => /--[\w-]*$/.test(lead);

function flagValue(text: string, from: number, at: number): Match | undefined {
  const quoted = quotedValue(text, from, at);
  if (!quoted) return bare(text, from, at, false);
  const raw = text.charCodeAt(at) === doubleQuote;
  const value = text.slice(quoted.start, quoted.end);
  return looksChosen(value, true) && !(raw && /[,:]/.test(value)) ? quoted : undefined;
}

function bare(text: string, from: number, start: number, sure: boolean): Match | undefined {
  bareValue.lastIndex = start;
  const value = bareValue.exec(text)?.[0];
  if (value === undefined || !looksChosen(value, sure)) return undefined;
  return { start, end: start + value.length, from, to: start + value.length + 1 };
}

/**
 * The value in quotes at `at`. A quote that opens with n backslashes closes where the run of backslashes before it
 * leaves n when taken in steps of 2(n + 1): the steps are escaped backslashes of the value, anything else an escaped
 * quote. A quote of a lower level ends the string around it, and so the value. Secrets have no white space.
 */
function quotedValue(text: string, from: number, at: number): Match | undefined {
  let open = at;
  while (text.charCodeAt(open) === 0x5c && open - at < 8) open++;
  const quote = text[open];
  if (quote !== '"' && quote !== "'" && quote !== '`') return undefined;
  const level = open - at;
  if ((level & (level + 1)) !== 0) return undefined; // not 0, 1, 3 or 7: escaped backslashes, and then the end
  const start = open + 1;
  const limit = Math.min(text.length, start + longestValue);
  for (let i = start; i < limit; i++) {
    const c = text[i];
    if (c === ' ' || c === '\n' || c === '\t') return undefined;
    if (c !== quote && c !== '"') continue;
    const run = i - Math.max(start, beforeBackslashes(text, i));
    const closes = c === quote && run % (2 * (level + 1)) === level;
    if (closes) return { start, end: i - level, from, to: i + 1 };
    if (c === '"' && run % 2 === 0) return { start, end: i - run, from, to: i + 1 };
  }
  return undefined;
}
