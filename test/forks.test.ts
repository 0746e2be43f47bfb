// Forks: what is copied is counted once, for the session that it was copied from, whichever goes on longer.
import { expect, test } from 'vitest';
import { testHome } from './support/home.ts';

const parent = '77777777-7777-4777-8777-777777777777';
const fork = '88888888-8888-4888-8888-888888888888';

function record(session: string, n: number, more: object = {}): object {
  return {
    type: 'assistant',
    uuid: `u${n}`,
    sessionId: session,
    cwd: '/work',
    version: '2.1.329',
    isSidechain: false,
    timestamp: new Date(Date.UTC(2026, 9, 1, 12, n)).toISOString(),
    message: {
      id: `m${n}`,
      role: 'assistant',
      model: 'claude-opus-5',
      stop_reason: 'end_turn',
      usage: { input_tokens: 1, output_tokens: 10 },
      content: [{ type: 'text', text: `answer ${n}` }],
    },
    ...more,
  };
}

const own = (session: string, ...ns: number[]): object[] => ns.map((n) => record(session, n));
const copied = (...ns: number[]): object[] => ns.map((n) => record(fork, n, { requestSessionId: parent }));

test.each([
  ['the fork goes on alone', own(parent, 1, 2), [...copied(1, 2), ...own(fork, 3)]],
  ['the original goes on, longer than its fork', own(parent, 1, 2, 9), [...copied(1, 2), ...own(fork, 3)]],
])('%s: what was copied stays the original’s', async (_, parentLines, forkLines) => {
  for (const order of [
    [parent, fork],
    [fork, parent],
  ]) {
    const home = testHome();
    const clew = home.open();
    for (const session of order) {
      home.write(`p/${session}.jsonl`, session === parent ? parentLines : forkLines);
      await clew.import();
    }
    const rows = Object.fromEntries(
      clew.sessions().map((row) => [row.id, [row.messages, row.tokens.output, row.parentSessionId]]),
    );
    expect(rows).toEqual({
      [parent]: [parentLines.length, parentLines.length * 10, null],
      [fork]: [1, 10, parent],
    });
    expect(clew.session(parent).forks).toEqual([fork]);
  }
});
