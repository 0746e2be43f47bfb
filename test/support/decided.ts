// A session of Claude Code's in which its user decides something, two calls of one response change files, and the result is
// committed: for tests of what leads back from a line or a commit to the reason for it.
import type { TestHome } from './home.ts';

export const decided = '22222222-3333-4444-8555-666666666666';
export const sha = '1a2b3c4d5e6f';
export const question = 'Which parser?';

/** The session's own clock starts at `at`, milliseconds; its files are below `cwd`. `goesOn`: with a file after the commit. */
export function decidedSession(home: TestHome, cwd: string, at: number, goesOn = false): void {
  let seconds = 0;
  const told = (more: object): object => ({
    sessionId: decided,
    cwd,
    version: '2.1.329',
    gitBranch: 'main',
    isSidechain: false,
    timestamp: new Date(at + 1000 * seconds++).toISOString(),
    ...more,
  });
  const prompt = (uuid: string, content: string, permissionMode = 'acceptEdits'): object =>
    told({ type: 'user', uuid, message: { role: 'user', content }, permissionMode });
  const calls = (id: string, content: readonly object[]): object =>
    told({
      type: 'assistant',
      uuid: `${id}-a`,
      message: {
        id,
        role: 'assistant',
        model: 'claude-opus-4-5',
        stop_reason: 'tool_use',
        content: content.map((block) => ({ type: 'tool_use', ...block })),
        usage: { input_tokens: 1001, output_tokens: 75 },
      },
    });
  const result = (id: string, toolUseResult: object | string, more: object = {}): object =>
    told({
      type: 'user',
      uuid: `${id}-r`,
      message: {
        role: 'user',
        content: [{ type: 'tool_result', tool_use_id: id, content: 'done', ...more }],
      },
      toolUseResult,
    });
  const write = (id: string, name: string, lines: readonly string[]): object =>
    result(id, {
      type: 'create',
      filePath: `${cwd}/${name}`,
      content: lines.join('\n'),
      structuredPatch: [],
      originalFile: null,
    });
  const questions = [{ question, options: [{ label: 'hand-written' }, { label: 'generated' }] }];
  home.write(`-project/${decided}.jsonl`, [
    prompt('p1', 'write a parser'),
    calls('m1', [{ id: 'toolu_ask', name: 'AskUserQuestion', input: { questions } }]),
    result('toolu_ask', { questions, answers: { [question]: 'hand-written' } }),
    calls('m2', [
      { id: 'toolu_one', name: 'Write', input: { file_path: `${cwd}/parse.ts`, content: 'x' } },
      { id: 'toolu_two', name: 'Write', input: { file_path: `${cwd}/lex.ts`, content: 'x' } },
    ]),
    write('toolu_one', 'parse.ts', ['export const parse = () => 1;']),
    write('toolu_two', 'lex.ts', ['export const lex = () => 2;']),
    prompt('p2', 'commit it', 'default'),
    calls('m3', [
      { id: 'toolu_git', name: 'Bash', input: { command: 'git commit -qam "a parser"; git log' } },
    ]),
    result('toolu_git', {
      stdout: `[main ${sha.slice(0, 7)}] a parser\n 2 files changed, 2 insertions(+)`,
      stderr: '',
      interrupted: false,
    }),
    calls('m4', [{ id: 'toolu_rm', name: 'Bash', input: { command: 'rm -rf /' } }]),
    result('toolu_rm', 'Error', {
      content: "The user doesn't want to proceed with this tool use. The tool use was rejected",
      is_error: true,
    }),
    ...(goesOn
      ? [
          calls('m5', [
            { id: 'toolu_late', name: 'Write', input: { file_path: `${cwd}/late.ts`, content: 'x' } },
          ]),
          write('toolu_late', 'late.ts', ['export const late = 3;']),
        ]
      : []),
  ]);
}
