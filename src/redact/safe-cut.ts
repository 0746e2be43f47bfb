// Where a line too long to be redacted at once may be cut: not through anything that a built-in rule would match.
import { beforeBackslashes } from './escapes.ts';
import { findBuiltIn } from './find.ts';
import { outsidePlaceholder } from './placeholder.ts';
import { longestMatch } from './rule.ts';

/** How far before its anchor a rule looks. */
const lookBehind = 64;
/** How far behind its match a rule looks: a password in a URL is one if a host follows. */
const lookAhead = 8;
const attempts = 64;

/** The largest offset up to `at` where no secret would be torn; `at` itself if there is none for a long way. */
export function safeCut(bytes: Buffer, at: number): number {
  if (at >= bytes.length) return bytes.length;
  let cut = at;
  for (let i = 0; i < attempts && cut > 0; i++) {
    const from = Math.max(0, cut - longestMatch - lookBehind);
    const near = bytes.subarray(from, cut + longestMatch);
    const text = near.toString('latin1');
    let local = outsidePlaceholder(text, outsideEscape(text, cut - from));
    for (const match of findBuiltIn(near, text)) {
      if (match.from - lookBehind < local && local < match.to + lookAhead)
        local = Math.max(0, match.from - lookBehind);
    }
    if (from + local === cut) return cut;
    cut = from + local;
  }
  return at;
}

/** Not between a backslash and what it escapes, nor within `\u1234`. */
function outsideEscape(text: string, at: number): number {
  const escape = text.slice(Math.max(0, at - 5), at).lastIndexOf('\\');
  return escape === -1 ? at : beforeBackslashes(text, Math.max(0, at - 5) + escape);
}
