// The body of a private key's block, as it stands in one line of JSON: line breaks are escapes, and whoever printed
// the key may have put line numbers or margins before each line. The block may be cut off; the header and the footer
// stay, for they say what was there.
import { longestMatch, type Rule } from '../rule.ts';

const begin = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----/y;
const margin = String.raw`(?:\\{1,15}[nrt]|[ \t|>]|-(?!----)|\d{1,6}(?:\u00e2\u0086\u0092|\\{1,15}t|:|[ ]\|)){0,32}`;
const betweenLines = new RegExp(margin, 'y');
/** `Proc-Type: 4,ENCRYPTED` and the like, above the key. */
const property = /[A-Z][A-Za-z-]{2,20}: [^"\\\n]{0,120}/y;
const longestLine = 4096;
const fullLine = new RegExp(`[A-Za-z0-9+/]{32,${longestLine}}={0,2}`, 'y');
/** What is left of the key, and its checksum. */
const lastLines = new RegExp(
  `=?[A-Za-z0-9+/]{1,80}={0,2}(?:${margin}=[A-Za-z0-9+/]{4})?(?=${margin}-----END)`,
  'y',
);

/** Where the pattern stops matching at `at`, or `at`. */
function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

export const privateKey: Rule = {
  name: 'private-key',
  anchors: ['-----BEGIN'],
  at(text, from) {
    let at = skip(begin, text, from);
    if (at === from) return undefined;
    const limit = from + longestMatch - 2 * longestLine;
    for (let properties = 0; properties < 5; properties++) {
      at = skip(betweenLines, text, at);
      at = skip(property, text, at);
    }
    const start = at;
    let end = start;
    while (at < limit) {
      const line = skip(fullLine, text, at);
      if (line === at) break;
      end = line;
      at = skip(betweenLines, text, end);
    }
    const last = skip(lastLines, text, at);
    if (last > at) end = last;
    return end - start < 32 ? undefined : { start, end, from, to: end + 256 };
  },
};
