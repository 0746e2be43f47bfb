import { describe, expect, test } from 'vitest';
import { call, only, read, result } from './fixture.ts';
import type { Json } from '../shared/shapes.ts';

/** What a result in error with these words, and these fields beside it, is told to be: its status, and who decided. */
function judge(words: string, fields: Json = {}): string {
  const facts = read(call('t', 'Bash', { command: 'x' }), result('t', words, fields, true));
  const [status] = only(facts, 'result');
  const [approval] = only(facts, 'approval');
  return [status?.status, approval && `${approval.decision} by ${approval.by}`].filter(Boolean).join(', ');
}

describe('a call that was not allowed', () => {
  test.each([
    [
      '1.0.60 to 2.1.329, nobody to ask',
      "Claude requested permissions to use WebFetch, but you haven't granted it yet.",
      'mode',
    ],
    ['all, a rule', 'Permission to use Bash with command rm -rf x has been denied.', 'rule'],
    [
      'all, a rule, a command of several lines',
      'Permission to use Bash with command rm x\nrm y has been denied.',
      'rule',
    ],
    ['all, a rule for a file', 'Permission to read /p/.env has been denied.', 'rule'],
    [
      '2.0.77 on, a rule',
      '<tool_use_error>File is in a directory that is denied by your permission settings.</tool_use_error>',
      'rule',
    ],
    [
      '2.0.77 on, an agent type',
      "Agent type 'Explore' has been denied by permission rule 'Task(Explore)' from settings.",
      'rule',
    ],
    ['2.0.77, a mode', 'Permission to use Write has been auto-denied in dontAsk mode.', 'mode'],
    ['2.0.77, a mode', 'Permission to use Write has been auto-denied (prompts unavailable).', 'mode'],
    [
      '2.1.50 on, a mode',
      "Permission to use Write has been denied because Claude Code is running in don't ask mode. IMPORTANT: …",
      'mode',
    ],
    [
      '1.0.128 on, nobody to ask',
      'This Bash command contains multiple operations that require approval',
      'mode',
    ],
    [
      '1.0.128 on, nobody to ask',
      "cd in '/etc' was blocked. For security, Claude Code may only change directories to …",
      'mode',
    ],
    [
      '2.1.329, nobody to ask',
      '/p/x needs approval. The path is inside the working directories for this session',
      'mode',
    ],
    ['1.0.128 to 2.1.100, nobody to ask', 'Exit plan mode?', 'mode'],
    ['2.0.77 to 2.1.100, nobody to ask', 'Answer questions?', 'mode'],
    [
      '2.1.144, auto mode',
      'Permission for this action was denied by the Claude Code auto mode classifier. Reason: …',
      'classifier',
    ],
    ['2.1.100, auto mode', 'Permission for this action has been denied. Reason: …', 'classifier'],
    ['2.0.77 on, a hook', 'PreToolUse:Bash hook error: [guard.sh]: not on main', 'hook'],
    [
      '1.0.60 to 2.1.100, the user',
      "The user doesn't want to proceed with this tool use. The tool use was rejected …",
      'user',
    ],
  ])('%s: %s', (_when, words, by) => {
    expect(judge(words)).toBe(`blocked, denied by ${by}`);
  });

  test('is told by fields since 2.1.329, whatever the words', () => {
    const reject = (more: Json): Json => ({ permissionDecision: { decision: 'reject', ...more } });
    expect(
      judge('No.', reject({ source: 'config', reasonType: 'subcommandResults', ruleSource: 'userSettings' })),
    ).toBe('blocked, denied by rule');
    expect(judge('No.', reject({ source: 'config', reasonType: 'mode' }))).toBe('blocked, denied by mode');
    expect(judge('No.', reject({ source: 'user_reject' }))).toBe('blocked, denied by user');
    // A file that a rule denies to be read is told as if the user had said no.
    expect(judge('No.', reject({ source: 'user_reject', reasonType: 'rule' }))).toBe(
      'blocked, denied by rule',
    );
    expect(judge('No.', { toolDenialKind: 'permission-rule' })).toBe('blocked, denied by policy');
    // Nobody was there to ask, and the client says that the user refused.
    const unasked = {
      ...reject({ source: 'config', reasonCode: 'unknown' }),
      toolDenialKind: 'user-rejected',
    };
    expect(
      judge("Claude requested permissions to use WebFetch, but you haven't granted it yet.", unasked),
    ).toBe('blocked, denied by mode');
  });
});

describe('a call that the user stopped', () => {
  const refused = "The user doesn't want to proceed with this tool use. The tool use was rejected …";

  test.each([
    ['to 2.1.100', 'Exit code 137\n[Request interrupted by user for tool use]', {}],
    [
      'to 2.1.100, after some output',
      'Exit code 137\nline\nline\n[Request interrupted by user for tool use]',
      {},
    ],
    ['to 2.1.100, a subagent', '[Request interrupted by user for tool use]', {}],
    ['2.1.329', refused, { toolDenialKind: 'user-rejected' }],
    ['2.1.329, of a batch', 'Cancelled', { toolDenialKind: 'cancelled' }],
  ])('%s', (_when, words, fields) => {
    expect(judge(words, fields)).toBe('interrupted');
  });

  test('is not one that was refused before it ran', () => {
    expect(judge(refused, { toolDenialKind: 'user-rejected', toolDenialBeforeRun: true })).toBe(
      'blocked, denied by user',
    );
  });

  test('need not be in error', () => {
    const facts = read(
      call('t', 'Bash', { command: 'x' }),
      result('t', 'a', { toolUseResult: { stdout: 'a', interrupted: true } }),
    );
    expect(only(facts, 'result')).toMatchObject([{ status: 'interrupted', isError: false }]);
  });
});

describe('a call that failed', () => {
  test.each([
    'Exit code 1\nremote: Permission to o/r.git denied to u.',
    'ERROR: Permission to o/r.git denied to u.',
    'Exit code 1\nthis pull request requires approval',
    'Exit code 22\nthe request was blocked by the proxy',
    '<tool_use_error>String to replace not found in file.\nString: has been denied</tool_use_error>',
    'Error: No such tool available: ExitPlanMode. ExitPlanMode is disabled for this session',
    'You are not in plan mode. To enter plan mode, call the EnterPlanMode tool first.',
    'Command timed out after 1s',
  ])('is not taken for one that was refused: %s', (words) => {
    expect(judge(words)).toBe('failed');
  });

  test('was allowed, where that is told', () => {
    expect(judge('Exit code 3', { permissionDecision: { decision: 'accept', source: 'config' } })).toBe(
      'failed, approved by config',
    );
    expect(
      judge('Exit code 3', { permissionDecision: { decision: 'accept', source: 'user_temporary' } }),
    ).toBe('failed, approved by user');
  });

  test('has the words of the error without the markup', () => {
    const facts = read(
      call('t', 'Edit', {}),
      result('t', '<tool_use_error>String not found</tool_use_error>', {}, true),
    );
    expect(only(facts, 'result')).toMatchObject([{ error: 'String not found', isError: true }]);
  });
});

describe('a call that ran, of which nothing tells who allowed it', () => {
  /** Who allowed a tool that ran in this mode, with these words and fields in its result. */
  function allowed(mode: string, tool: string, fields: Json = {}, words = 'done', isError = false): string {
    const prompt = {
      type: 'user',
      uuid: 'p',
      permissionMode: mode,
      message: { role: 'user', content: 'go' },
    };
    const facts = read(prompt, call('t', tool, {}), result('t', words, fields, isError));
    return only(facts, 'approval')
      .map(({ decision, by }) => `${decision} by ${by}`)
      .join();
  }

  test.each([
    ['bypassPermissions', 'Bash', 'approved by mode'],
    ['acceptEdits', 'Edit', 'approved by mode'],
    ['acceptEdits', 'Bash', ''],
    ['default', 'Edit', ''],
    ['bypassPermissions', 'AskUserQuestion', ''],
  ])('%s, %s: %s', (mode, tool, told) => expect(allowed(mode, tool)).toBe(told));

  test('what failed validation was allowed by nobody, what failed else was', () => {
    const failed = (words: string): string => allowed('bypassPermissions', 'Bash', {}, words, true);
    expect(failed('<tool_use_error>InputValidationError: no command</tool_use_error>')).toBe('');
    expect(failed('Exit code 1')).toBe('approved by mode');
  });

  test('what the record says comes first, with its reason', () => {
    const told = (permissionDecision: Json): string =>
      allowed('bypassPermissions', 'Bash', { permissionDecision });
    expect(told({ decision: 'accept', source: 'user_temporary' })).toBe('approved by user');
    expect(told({ decision: 'accept', source: 'config', reasonType: 'mode' })).toBe('approved by mode');
    expect(told({ decision: 'accept', source: 'config', ruleSource: 'userSettings' })).toBe(
      'approved by rule',
    );
    expect(told({ decision: 'accept', source: 'config' })).toBe('approved by config');
  });
});
