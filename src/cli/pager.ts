// Shows long output through the user's pager: only on a terminal, and only what does not fit on its screen.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { isTerminal, print } from './terminal.ts';

export async function show(lines: readonly string[]): Promise<void> {
  const rows = process.stdout.rows || 24;
  const pager = process.env['PAGER'] ?? 'less -FRX';
  if (!isTerminal() || lines.length < rows || pager === '' || pager === 'cat') {
    print(lines);
    return;
  }
  if (!(await paged(pager, lines))) print(lines);
}

/** False where there is no such pager. */
async function paged(pager: string, lines: readonly string[]): Promise<boolean> {
  const child = spawn(pager, {
    shell: true,
    stdio: ['pipe', 'inherit', 'inherit'],
    env: { ...process.env, LESS: process.env['LESS'] ?? 'FRX' },
  });
  // Ctrl-C belongs to the pager while it runs: were clew to end first, it would leave the terminal to both.
  const ignore = (): void => undefined;
  process.on('SIGINT', ignore);
  // Leaving the pager before the end breaks the pipe, as it should.
  child.stdin.on('error', ignore);
  child.stdin.end(`${lines.join('\n')}\n`);
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    // 126 and 127 are the shell's: not executable, not found.
    return code !== 127 && code !== 126;
  } finally {
    process.off('SIGINT', ignore);
  }
}
