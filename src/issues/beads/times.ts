// Times as beads wrote them. What stands in a DATETIME column depends on who wrote it:
//   2026-01-05 10:00:00                              SQLite's and Dolt's own default: UTC
//   2025-10-20 15:04:05.123456789-07:00              0.9.1, 0.9.2 and 0.9.10 to 0.21.5
//   2025-10-15 12:34:56.789 -0700 PDT m=+0.12        0.9.3 to 0.9.9: how Go prints a time
//   2026-01-05T04:58:31.123456789-06:00              0.21.6 on, and JSONL
//   2026-01-05T10:58:31.123456789+00:00              br
const written =
  /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?\s?(?:(Z)|([+-]\d\d):?(\d\d))?(?:\s|$)/;

/** As ISO 8601 in UTC; null for what is no time, and for Go's zero time. */
export function timeOf(text: unknown): string | null {
  const found = typeof text === 'string' ? written.exec(text) : null;
  if (!found) return null;
  const [, day, clock, fraction = '0', , hours, minutes] = found;
  const zone = hours === undefined ? 'Z' : `${hours}:${minutes}`;
  const at = Date.parse(`${day}T${clock}.${fraction.slice(0, 3).padEnd(3, '0')}${zone}`);
  return Number.isNaN(at) || at <= Date.parse('0001-01-02T00:00:00Z') ? null : new Date(at).toISOString();
}
