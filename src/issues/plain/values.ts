// Values that people and programs write in more than one way.

/** As ISO 8601 in UTC; null for what is no time. */
export function instant(value: unknown): string | null {
  if (typeof value !== 'string' || !/^\d{4}-\d\d/.test(value)) return null;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

/** `2`, `"2"`, `P2`; null for anything else. */
export function priorityOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : null;
  const digits = typeof value === 'string' ? /^p?(\d)$/i.exec(value)?.[1] : undefined;
  return digits === undefined ? null : Number(digits);
}
