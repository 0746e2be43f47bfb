// What stands where a secret stood. The keyed hash keeps equal secrets recognisable as equal, and tells nothing
// about them to whoever does not have this machine's salt.
import { createHmac, createSecretKey } from 'node:crypto';

export type Placeholder = (rule: string, secret: string) => string;

export function createPlaceholder(salt: Buffer): Placeholder {
  const key = createSecretKey(salt);
  return (rule, secret) => {
    const hash = createHmac('sha256', key).update(plain(secret), 'latin1').digest('hex');
    return `[REDACTED:${rule}:${hash.slice(0, 8)}]`;
  };
}

/** A secret is the same secret however deep the escapes, and wherever its lines break. */
const plain = (secret: string): string => secret.replace(/\\+[nrt]|[\\ \t]+/g, '');

/** Names that a placeholder can carry: they need no escape in JSON, and end where they should. */
export const ruleName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

const opening = '[REDACTED:';
const longest = opening.length + 64 + ':01234567]'.length;
const whole = /\[REDACTED:[A-Za-z0-9][A-Za-z0-9._-]{0,63}:[0-9a-f]{8}\]/g;

/** Whether a stretch of the text shares a byte with a placeholder: those are never redacted again. */
export function touchesPlaceholder(text: string, start: number, end: number): boolean {
  const from = Math.max(0, start - longest);
  const near = text.slice(from, end + longest);
  if (!near.includes(opening)) return false;
  for (const { index, 0: found } of near.matchAll(whole)) {
    if (from + index < end && from + index + found.length > start) return true;
  }
  return false;
}

/** `at`, or where the placeholder that it would cut in two begins. */
export const outsidePlaceholder = (text: string, at: number): number =>
  touchesPlaceholder(text, at, at) ? text.lastIndexOf(opening, at) : at;
