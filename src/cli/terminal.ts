// The terminal, or what stands in its place: how wide it is, whether it wants colour, and how lines get to it.
import pc from 'picocolors';
import type { View } from './render/view.ts';

const widthElsewhere = 100;

export const isTerminal = (): boolean => process.stdout.isTTY;

/** `NO_COLOR` wins over `FORCE_COLOR`; otherwise colour is for terminals only. */
export function wantsColour(env: Readonly<Record<string, string | undefined>>, terminal: boolean): boolean {
  if (env['NO_COLOR']) return false;
  const force = env['FORCE_COLOR'];
  if (force !== undefined) return force !== '0' && force !== 'false';
  return terminal && env['TERM'] !== 'dumb';
}

export function columns(): number {
  const given = Number(process.env['COLUMNS']);
  // Some terminals say 0, as they do not know.
  const width = process.stdout.columns || (Number.isInteger(given) && given > 0 ? given : widthElsewhere);
  return Math.max(20, width);
}

export const colours = (): View['colour'] => pc.createColors(wantsColour(process.env, isTerminal()));

/** Lines to stdout. */
export function print(lines: readonly string[]): void {
  if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
}

/** One line to stderr. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Whoever reads our output may stop (`clew log | head`): that is no failure. */
export function endQuietlyWhenNobodyReads(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit();
      throw error;
    });
}
