// Names and noise from a seed: the demo is the same whenever it is made.
import { createHash } from 'node:crypto';

export function random(seed) {
  let n = 0;
  const bytes = (length) => {
    let out = Buffer.alloc(0);
    while (out.length < length) out = Buffer.concat([out, createHash('sha256').update(`${seed}/${n++}`).digest()]);
    return out.subarray(0, length);
  };
  const letters = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
  return {
    hex: (length) => bytes(Math.ceil(length / 2)).toString('hex').slice(0, length),
    id: (length) => [...bytes(length)].map((byte) => letters[byte % letters.length]).join(''),
    base64: (length) => bytes(length).toString('base64'),
    /** A whole number from `from` to `to`. */
    between: (from, to) => from + (bytes(4).readUInt32BE() % (to - from + 1)),
    uuid() {
      const hex = bytes(16).toString('hex');
      return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20)].join('-');
    },
  };
}
