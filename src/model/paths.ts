// File names as git has them, bytes, and as clew keeps them, text: what is no UTF-8 survives the way there and back.
// Each byte of such a name that is not ASCII becomes a character of the private range U+F780 to U+F7FF.
const escapes = /[\uf780-\uf7ff]/;
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function textOfPath(bytes: Uint8Array): string {
  try {
    const text = strict.decode(bytes);
    if (!escapes.test(text)) return text;
  } catch {
    // Not UTF-8.
  }
  return Array.from(bytes, (byte) => String.fromCharCode(byte < 0x80 ? byte : 0xf700 + byte)).join('');
}

export function bytesOfPath(text: string): Buffer {
  if (!escapes.test(text)) return Buffer.from(text);
  return Buffer.from(Array.from(text, (c) => c.charCodeAt(0) & 0xff));
}

const letters: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** A name that git may have quoted, as with core.quotePath=false. */
export function unquotedPath(name: string): string {
  if (!name.startsWith('"')) return name;
  const bytes = Buffer.from(name.slice(1, -1)).toString('latin1');
  const raw = bytes.replaceAll(/\\([0-7]{3}|.)/g, (_, code: string) =>
    code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8)) : (letters[code] ?? code),
  );
  return textOfPath(Buffer.from(raw, 'latin1'));
}
