// What the client writes besides the conversation: hook and progress records, compactions, API errors.
import type { Client } from './client.ts';
import { record } from './client.ts';
import { prose, terminalText } from './text.ts';
import type { Call } from './tools.ts';
import type { Workspace } from './workspace.ts';

/** A line for the session's own file, or a whole other file beside it. */
export type Output = { readonly line: string } | { readonly file: string; readonly text: string };

export const line = (value: object): Output => ({ line: JSON.stringify(value) });

/** What hooks and long commands leave between a call and its result. */
export function* aroundTool(c: Client, w: Workspace, id: string, call: Call): Generator<Output> {
  const { r } = c;
  if (c.era === 'late') {
    for (const hookEvent of ['PreToolUse', 'PostToolUse']) {
      yield line(
        attachment(c, {
          type: 'hook_success',
          hookName: `${hookEvent}:${call.name}`,
          toolUseID: id,
          hookEvent,
          content: '',
          stdout: '{}',
          stderr: '',
          exitCode: 0,
          command: 'sh -c "exec hooks tool-use"',
          durationMs: r.int(500),
        }),
      );
    }
    return;
  }
  const progress = (data: object): Output =>
    line(record(c, { type: 'progress', data, toolUseID: id, parentToolUseID: id }, true));
  yield progress({
    type: 'hook_progress',
    hookEvent: 'PreToolUse',
    hookName: `PreToolUse:${call.name}`,
    command: 'hooks pre',
  });
  if (call.name !== 'Bash' || r.chance(0.7)) return;
  const fullOutput = terminalText(r, w.vocabulary, Math.min(r.size(300, 1.2), 4000));
  for (let seconds = r.between(1, 12); seconds > 0; seconds--) {
    yield progress({
      type: 'bash_progress',
      output: fullOutput.slice(-140),
      fullOutput,
      elapsedTimeSeconds: 13 - seconds,
      totalLines: 20,
    });
  }
}

// The earliest of these repeat the whole conversation so far in `normalizedMessages`.
export function* toldByProgress(
  c: Client,
  id: string,
  agentId: string,
  prompt: string,
  lines: readonly string[],
): Generator<Output> {
  const repeats = c.r.chance(0.25);
  const messages = lines.map(
    (text) => JSON.parse(text) as { type: string; message?: object; uuid: string; timestamp: string },
  );
  const so: object[] = [];
  for (const { type, message, uuid, timestamp } of messages) {
    if (message === undefined) continue;
    const told = { type, message, uuid, timestamp };
    const data = {
      message: told,
      normalizedMessages: repeats ? so : [],
      type: 'agent_progress',
      prompt,
      agentId,
    };
    yield line(record(c, { type: 'progress', data, toolUseID: `agent_${id}`, parentToolUseID: id }, true));
    if (so.length < 30) so.push(told);
  }
}

export function* compaction(c: Client, w: Workspace): Generator<Output> {
  const compactMetadata = { trigger: 'auto', preTokens: c.context };
  const logicalParentUuid = c.last;
  c.last = null;
  yield line(
    record(c, {
      type: 'system',
      subtype: 'compact_boundary',
      logicalParentUuid,
      content: 'Conversation compacted',
      level: 'info',
      compactMetadata,
    }),
  );
  const summary = `This session is being continued from a previous conversation.\n${prose(c.r, w.vocabulary, 9000)}`;
  yield line(
    record(c, {
      type: 'user',
      message: { role: 'user', content: summary },
      isCompactSummary: true,
      isVisibleInTranscriptOnly: true,
    }),
  );
  c.context = 24_000;
  c.fresh = summary.length;
}

export function apiError(c: Client): object {
  const { r } = c;
  if (r.chance(0.7))
    return record(c, {
      type: 'system',
      subtype: 'api_error',
      level: 'error',
      error: { status: 529, formatted: '529 Overloaded' },
      retryInMs: r.int(900),
      retryAttempt: 1,
      maxRetries: 10,
    });
  const usage = {
    input_tokens: 0,
    output_tokens: 0,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
  };
  const content = [{ type: 'text', text: 'API Error: 400 invalid_request_error' }];
  return record(c, {
    type: 'assistant',
    message: {
      id: r.uuid(),
      model: '<synthetic>',
      role: 'assistant',
      type: 'message',
      stop_reason: 'stop_sequence',
      content,
      usage,
    },
    isApiErrorMessage: true,
  });
}

export function attachment(c: Client, of: object): object {
  return record(c, { type: 'attachment', attachment: of });
}
