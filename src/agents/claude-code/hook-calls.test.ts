import { describe, expect, test } from 'vitest';
import { only, readHooks, session } from './fixture.ts';
import type { Json } from '../shared/shapes.ts';

const tool = (event: string, more: Json = {}): Json => ({
  hook_event_name: event,
  tool_name: 'Bash',
  tool_input: { command: 'make' },
  tool_use_id: 't',
  ...more,
});

describe('hook calls', () => {
  test('tell how long a call took', () => {
    const facts = readHooks(
      tool('PreToolUse'),
      tool('PostToolUse', { duration_ms: 12, tool_response: { stdout: 'ok' } }),
    );
    expect(only(facts, 'result')).toMatchObject([
      { key: 't', status: 'success', durationMs: 12, place: { session, run: session, rank: 2 } },
    ]);
    expect(only(facts, 'call')).toHaveLength(2);
  });

  test('tell that the user allowed a call only where somebody was asked', () => {
    const { tool_use_id: _, ...asked } = tool('PermissionRequest');
    const approvals = (...calls: Json[]) =>
      only(readHooks(...calls), 'approval').map(({ key, decision, by }) => [key, decision, by]);
    expect(approvals(tool('PreToolUse'), asked, tool('PostToolUse'))).toEqual([['t', 'approved', 'user']]);
    expect(
      approvals(tool('PreToolUse'), asked, tool('PostToolUseFailure', { error: 'Exit code 1' })),
    ).toEqual([['t', 'approved', 'user']]);
    expect(approvals(tool('PreToolUse'), tool('PostToolUse'))).toEqual([]);
    expect(
      approvals(tool('PreToolUse'), { ...asked, tool_input: { command: 'other' } }, tool('PostToolUse')),
    ).toEqual([]);
    expect(approvals(tool('PreToolUse'), tool('PermissionDenied', { reason: 'risky' }))).toEqual([
      ['t', 'denied', 'classifier'],
    ]);
  });

  test('tell what failed, and what the user stopped', () => {
    const status = (isInterrupt: boolean) =>
      only(readHooks(tool('PostToolUseFailure', { error: 'no', is_interrupt: isInterrupt })), 'result').map(
        (one) => [one.status, one.error],
      );
    expect([status(false), status(true)]).toEqual([[['failed', 'no']], [['interrupted', 'no']]]);
  });

  test('tell by the batch alone what was no call at all, and what was not allowed', () => {
    const one = (id: string, response: unknown): Json => ({
      tool_name: 'Bash',
      tool_input: {},
      tool_use_id: id,
      tool_response: response,
    });
    const facts = readHooks({
      hook_event_name: 'PostToolBatch',
      tool_calls: [
        one('a', '<tool_use_error>Error: No such tool</tool_use_error>'),
        one('b', 'Permission to use Bash has been denied.'),
        one('c', [{ type: 'text', text: 'fine' }]),
      ],
    });
    expect(only(facts, 'result').map(({ key, status, batch }) => [key, status, batch])).toEqual([
      ['a', 'failed', 'a'],
      ['b', 'blocked', 'a'],
      ['c', 'pending', 'a'],
    ]);
    expect(only(facts, 'approval')).toMatchObject([{ key: 'b', by: 'rule' }]);
  });

  test('of a single call tell no batch', () => {
    expect(only(readHooks({ hook_event_name: 'PostToolBatch', tool_calls: [tool('')] }), 'result')).toEqual(
      [],
    );
  });

  test('tell the changes, commits and subagents of sessions that keep no transcript', () => {
    const written = {
      filePath: '/p/a',
      type: 'create',
      content: 'x\n',
      structuredPatch: [],
      originalFile: null,
    };
    expect(
      only(readHooks(tool('PostToolUse', { tool_name: 'Write', tool_response: written })), 'change'),
    ).toMatchObject([{ path: '/p/a', kind: 'create', added: 1 }]);
    expect(
      only(
        readHooks(
          tool('PostToolUse', {
            tool_input: { command: 'git commit -m x' },
            tool_response: { stdout: '[main 1a2b3c4] x' },
          }),
        ),
        'entry',
      ),
    ).toMatchObject([{ kind: 'commit' }]);
    expect(
      only(readHooks(tool('PostToolUse', { tool_name: 'Agent', tool_response: { agentId: 'a1' } })), 'run'),
    ).toMatchObject([{ run: 'a1', operation: 't' }]);
  });

  test('of a subagent are the subagent’s, and its start and end are told', () => {
    const who = { agent_id: 'a1', agent_type: 'Explore' };
    const facts = readHooks({ hook_event_name: 'SubagentStart', ...who }, tool('PreToolUse', who), {
      hook_event_name: 'SubagentStop',
      ...who,
    });
    expect(only(facts, 'run')).toMatchObject([
      { run: 'a1', type: 'Explore', startedAt: 1000 },
      { run: 'a1', status: 'completed', endedAt: 1002 },
    ]);
    expect(only(facts, 'call')).toMatchObject([{ place: { run: 'a1' } }]);
  });

  test('of a compaction stop no subagent', () => {
    expect(
      only(readHooks({ hook_event_name: 'SubagentStop', agent_id: 'a1', agent_type: '' }), 'run'),
    ).toEqual([]);
  });

  test('without a call’s id (to 2.0.30) tell of no call', () => {
    const { tool_use_id: _, ...old } = tool('PostToolUse');
    expect(readHooks(old)).toEqual([]);
  });

  test('tell how a session ended, and make none by its start alone', () => {
    expect(
      only(readHooks({ hook_event_name: 'SessionEnd', reason: 'clear' }), 'session').map(
        ({ name, value }) => [name, value],
      ),
    ).toEqual([
      ['ended', ''],
      ['endReason', 'clear'],
    ]);
    expect(
      only(readHooks({ hook_event_name: 'SessionStart', source: 'resume' }), 'session').map(
        ({ name }) => name,
      ),
    ).toEqual(['started']);
    expect(
      only(readHooks({ hook_event_name: 'UserPromptSubmit', prompt: 'x' }), 'session').map(
        ({ name }) => name,
      ),
    ).toEqual(['agent', 'machine', 'workspace']);
  });

  test('that are not understood are counted', () => {
    expect(only(readHooks({ hook_event_name: 'Brew' }, {}), 'oddity').map(({ what }) => what)).toEqual([
      'hook Brew',
      'hook payload',
    ]);
  });
});
