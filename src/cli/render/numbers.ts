// Numbers for people: `12.4k` tokens, `3 errors`, `1.5 MB`, `+12 −3`.
import { totalTokens } from '../../model/index.ts';
import type { Tokens } from '../../model/index.ts';

/** `999`, `12.4k`, `1.2M`, `3B`. */
export function short(n: number): string {
  if (n < 1000) return String(n);
  const units = ['k', 'M', 'B'];
  let value = n;
  let unit = '';
  while (value >= 999.5 && units.length > 0) {
    value /= 1000;
    unit = units.shift()!;
  }
  const digits = value < 99.95 ? value.toFixed(1).replace(/\.0$/, '') : String(Math.round(value));
  return digits + unit;
}

/** `12,345` */
export const grouped = (n: number): string => String(n).replaceAll(/\B(?=(\d{3})+$)/g, ',');

/** `1 error`, `12,345 errors`. */
export const many = (n: number, one: string, several = `${one}s`): string =>
  `${grouped(n)} ${n === 1 ? one : several}`;

export function bytes(n: number): string {
  if (n < 1000) return `${n} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = n;
  let unit = 'B';
  while (value >= 999.5 && units.length > 0) {
    value /= 1000;
    unit = units.shift()!;
  }
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

/** `87 %`; what is nearly all, or nearly nothing, is not rounded to it. */
export function percent(share: number): string {
  const rounded = Math.round(share * 100);
  if ((rounded === 100 && share < 1) || (rounded === 0 && share > 0)) return `${(share * 100).toFixed(1)} %`;
  return `${rounded} %`;
}

/** Everything that went to the model. */
export const promptTokens = (tokens: Tokens): number => totalTokens(tokens) - tokens.output;

/** `≥` stands before what is only a lower bound. */
export const outputTokens = (tokens: Tokens, isLowerBound: boolean): string =>
  `${isLowerBound ? '≥' : ''}${short(tokens.output)}`;

/** `1.2M in (96% cached), ≥12.4k out` */
export function tokensLine(tokens: Tokens, isLowerBound: boolean): string {
  const prompt = promptTokens(tokens);
  const cached = prompt === 0 ? 0 : Math.floor((100 * tokens.cacheRead) / prompt);
  const share = cached > 0 ? ` (${cached}% cached)` : '';
  return `${short(prompt)} in${share}, ${outputTokens(tokens, isLowerBound)} out`;
}

/** `+12 −3` */
export const lines = (added: number, removed: number): string => `+${added} −${removed}`;
