// clew statusline: one line for the status line of Claude Code, which starts it after every answer.
import type { LimitState } from '../../index.ts';
import type { Status } from '../../status-line.ts';
import { defineCommand } from '../command.ts';
import { cents, costShort } from '../render/money.ts';
import { grouped } from '../render/numbers.ts';
import { print } from '../terminal.ts';

/** How long to wait for what an agent writes; by hand, there is none. */
const stdinMs = 200;
/** The tokens of a session are marked as rising if it used some within this time. */
const risingMs = 5 * 60_000;

export const statusline = defineCommand({
  summary: "Print a line for Claude Code's status line",
  group: 'Set up',
  positionals: [],
  flags: {},
  about:
    'Reads the JSON that Claude Code writes to the command of its status line. In ~/.claude/settings.json: {"statusLine":{"type":"command","command":"clew statusline"}}',
  examples: [
    [
      'echo \'{"session_id":"3f2a9c1e-5b7d-4e21-9a64-0c8f13d2b7aa"}\' | clew statusline',
      'what it prints for a session',
    ],
  ],
  async run() {
    const [{ statusOf }, input] = await Promise.all([import('../../status-line.ts'), readInput()]);
    const { systemContext } = await import('../../model/index.ts');
    const context = systemContext();
    print([statusText(await statusOf(input, context), context.now())]);
  },
});

export function statusText({ told, known, limit }: Status, now: number): string {
  const session = known?.session;
  const rising = session && now - session.lastAt < risingMs ? ' ↑' : '';
  // The agent's own figure only where clew has none: the two are never mixed.
  const cost = session
    ? costShort(session.cost, cents) || cents(0)
    : told.reported === undefined
      ? ''
      : cents(told.reported);
  const percent = (value: number | undefined): string => (value === undefined ? '' : `${Math.round(value)}%`);
  return (
    (
      [
        ['Tokens', session ? grouped(session.tokens) + rising : ''],
        ['Cost', cost],
        ['Context', percent(told.context)],
        ['Today', known ? costShort(known.today, cents) || cents(0) : ''],
        ['Limit', limit ? limitText(limit) : percent(told.limit)],
      ] as const
    )
      .filter(([, text]) => text !== '')
      .map(([name, text]) => `${name}: ${text}`)
      .join(' | ') || 'clew'
  );
}

/** `62%`; from 80 % on with what it is a limit of. */
function limitText({ share, level, scope }: LimitState): string {
  const percent = `${Math.floor(100 * share)}%`;
  if (level === 'ok') return percent;
  return `${percent} of the ${scope} ${level === 'warn' ? '!' : '!!'}`;
}

/** Whatever comes on stdin before it ends, or before it is clear that nothing comes. */
async function readInput(): Promise<string> {
  if (process.stdin.isTTY) return '';
  const chunks: Buffer[] = [];
  const end = setTimeout(() => process.stdin.destroy(), stdinMs);
  try {
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  } catch {
    // Destroyed: what has come will do.
  }
  clearTimeout(end);
  return Buffer.concat(chunks).toString('utf8');
}
