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

test('what only echoes tell is counted for the session that ended first, wherever the files lie', async () => {
  // Both files echo one call of a subagent whose own transcript is gone.
  const echo = {
    type: 'progress',
    timestamp: new Date(Date.UTC(2026, 9, 1, 12, 1)).toISOString(),
    data: { type: 'agent_progress', agentId: 'a1', message: callOf('m5', 't5') },
  };
  const owners = new Set<string>();
  for (const folder of ['p', 'q', 'r', 's', 't', 'u']) {
    const home = testHome();
    home.write(`${folder}/${parent}.jsonl`, [...own(parent, 1), { ...echo, sessionId: parent, uuid: 'e1' }]);
    home.write(`${folder}/${fork}.jsonl`, [{ ...echo, sessionId: fork, uuid: 'e2' }, ...own(fork, 3)]);
    const clew = home.open();
    await clew.import();
    for (const row of clew.sessions()) if (row.operations > 0) owners.add(row.id);
  }
  expect([...owners]).toEqual([parent]);
});

function callOf(message: string, call: string): object {
  return {
    type: 'assistant',
    uuid: 'u-echoed',
    timestamp: new Date(Date.UTC(2026, 9, 1, 12, 1)).toISOString(),
    message: {
      id: message,
      role: 'assistant',
      model: 'claude-opus-5',
      usage: { input_tokens: 1, output_tokens: 1 },
      content: [{ type: 'tool_use', id: call, name: 'Read', input: { file_path: '/p' } }],
    },
  };
}
