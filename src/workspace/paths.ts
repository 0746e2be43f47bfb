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
