// What agents, tools and web pages wrote must not drive the user's terminal: no escape sequence, no control character
// and no change of the writing direction gets through. Done once, for whole results, before any renderer sees them, so
// that no renderer can forget it.

/** Colours are taken out; they are harmless but for the noise that they leave. */
const colours = /\u001B\[[\d;:]*m/g;
const unsafe =
  /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uD800-\uDFFF]/;
const bad = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/g;

/** Line feeds stay; tabs become spaces; control characters are shown as their pictures (␛), others as �. */
export function harmlessText(text: string): string {
  if (!unsafe.test(text)) return text;
  return text
    .toWellFormed()
    .replaceAll('\r\n', '\n')
    .replaceAll(colours, '')
    .replaceAll(bad, (character) => {
      const code = character.charCodeAt(0);
      if (character === '\t') return '    ';
      if (code < 0x20) return String.fromCharCode(0x2400 + code);
      return code === 0x7f ? '\u2421' : '\uFFFD';
    });
}

/** A copy of a result in which every text is harmless. */
export function harmless<T>(value: T): T {
  if (typeof value === 'string') return harmlessText(value) as T;
  if (Array.isArray(value)) return value.map(harmless) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [harmlessText(key), harmless(one)]),
  ) as T;
}
