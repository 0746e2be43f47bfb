// A seeded random generator (sfc32) with the few draws that the generator needs. Same seed, same bytes, anywhere.

export interface Random {
  /** 0 <= x < 1 */
  unit(): number;
  /** 0 <= x < n, whole */
  int(n: number): number;
  /** from <= x <= to, whole */
  between(from: number, to: number): number;
  chance(p: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Like pick, but the front of the list comes far more often, as with words. */
  common<T>(list: readonly T[]): T;
  /** Log-normal around a median. */
  size(median: number, sigma: number): number;
  uuid(): string;
  hex(length: number): string;
  /** As in msg_01…: letters and digits. */
  id(length: number): string;
  /** An independent generator. */
  split(): Random;
}

const alphanumeric = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

const byteHex = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'));

export function random(seed: number): Random {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = seed | 0;
  let counter = 1;
  function next(): number {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    return t >>> 0;
  }
  for (let i = 0; i < 16; i++) next();

  const unit = (): number => next() / 4294967296;
  const int = (n: number): number => Math.floor(unit() * n);
  function hex(length: number): string {
    let out = '';
    for (let bits = 0; out.length < length; bits >>>= 8) {
      if (out.length % 8 === 0) bits = next();
      out += byteHex[bits & 255]!;
    }
    return out.slice(0, length);
  }
  return {
    unit,
    int,
    hex,
    between: (from, to) => from + int(to - from + 1),
    chance: (p) => unit() < p,
    pick: (list) => list[int(list.length)]!,
    common: (list) => {
      const u = unit();
      return list[Math.floor(list.length * u * u)]!;
    },
    size: (median, sigma) => {
      const normal = Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit());
      return Math.round(median * Math.exp(sigma * normal));
    },
    uuid: () => {
      const h = hex(32);
      return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20)}`;
    },
    id: (length) => {
      let out = '';
      for (let i = 0; i < length; i++) out += alphanumeric[int(alphanumeric.length)]!;
      return out;
    },
    split: () => random(next()),
  };
}
