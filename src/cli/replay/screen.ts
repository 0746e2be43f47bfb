// The terminal itself: keys in, lines out. Works on the alternate screen, so that what stood there is there again
// afterwards, and gives the terminal back however it ends: by a key, a signal, an error, or a terminal that is gone.
import { writeSync } from 'node:fs';
import { colours, columns } from '../terminal.ts';
import type { View } from '../render/view.ts';
import { keysIn } from './keys.ts';
import type { Player, Size } from './player.ts';

const enter = '\u001B[?1049h\u001B[?25l';
const leave = '\u001B[?25h\u001B[?1049l';

export const canReplay = (): boolean =>
  process.stdin.isTTY && process.stdout.isTTY && process.env['TERM'] !== 'dumb';

/** Ends when the reader leaves or the signal aborts. */
export async function play(
  player: Player,
  { home, now }: Pick<View, 'home' | 'now'>,
  signal: AbortSignal,
): Promise<void> {
  const { stdin, stdout } = process;
  const colour = colours();
  const size = (): Size => ({
    rows: Math.max(1, stdout.rows || 24),
    view: { width: columns(), colour, home, now },
  });
  const draw = (): void => {
    // Cleared before it is written: behind a full line, some terminals would clear its last character.
    const lines = player.screen(size()).map((line) => `\u001B[2K${line}\u001B[0m`);
    stdout.write(`\u001B[H${lines.join('\r\n')}`);
  };
  const begin = (): void => {
    stdin.setRawMode(true);
    stdout.write(enter);
    draw();
  };
  const restore = (): void => {
    try {
      writeSync(stdout.fd, leave);
      stdin.setRawMode(false);
    } catch {
      // The terminal is gone: there is nothing to give back.
    }
  };

  const { promise, resolve, reject } = Promise.withResolvers<void>();
  /** What fails while the screen is ours must reach those who can give it back. */
  const guarded = (work: () => void) => (): void => {
    try {
      work();
    } catch (error) {
      reject(error);
    }
  };
  const onData = (data: string): void =>
    guarded(() => {
      for (const key of keysIn(data)) if (!player.press(key, size())) return resolve();
      draw();
    })();
  const onResize = guarded(draw);
  // Whoever stopped us and lets us go on, such as a shell, has set the terminal for itself.
  const onContinue = guarded(begin);
  const onEnd = (): void => resolve();

  stdin.setEncoding('utf8');
  stdin.on('data', onData);
  for (const end of ['end', 'close', 'error'] as const) stdin.on(end, onEnd);
  stdout.on('resize', onResize);
  signal.addEventListener('abort', onEnd);
  process.on('SIGHUP', onEnd);
  process.on('SIGCONT', onContinue);
  process.on('exit', restore);
  try {
    guarded(begin)();
    stdin.resume();
    await promise;
  } finally {
    process.off('exit', restore);
    process.off('SIGCONT', onContinue);
    process.off('SIGHUP', onEnd);
    signal.removeEventListener('abort', onEnd);
    stdout.off('resize', onResize);
    for (const end of ['end', 'close', 'error'] as const) stdin.off(end, onEnd);
    stdin.off('data', onData);
    stdin.pause();
    restore();
  }
}
