// One conversation: turns of a prompt, requests, tool calls and an answer, with all that the client writes between.
import type { Output } from './asides.ts';
import { apiError, aroundTool, attachment, compaction, line, toldByProgress } from './asides.ts';
import type { Client, Request } from './client.ts';
import { assistant, makeClient, record, startRequest, toolResult } from './client.ts';
import type { Random } from './random.ts';
import { base64, prose, sentence } from './text.ts';
import { makeCall } from './tools.ts';
import type { Workspace } from './workspace.ts';

/** One prompt and everything done in answer to it. */
export function* turn(c: Client, w: Workspace): Generator<Output> {
  const { r } = c;
  if (c.context > 130_000) yield* compaction(c, w);
  yield* prompt(c, w);
  for (let requests = Math.min(r.size(7, 0.8), 60); requests > 0; requests--) {
    if (r.chance(0.002)) yield line(apiError(c));
    if (r.chance(0.03) && c.agentId === undefined) yield* subagent(c, w);
    else yield* work(c, w);
  }
  yield* answer(c, w);
  if (c.agentId !== undefined) return;
  if (r.chance(0.8))
    yield line(
      record(c, {
        type: 'system',
        subtype: 'stop_hook_summary',
        hookCount: 1,
        hookInfos: [{ command: 'hooks stop', durationMs: r.int(900) }],
        hookErrors: [],
        preventedContinuation: false,
        stopReason: '',
        hasOutput: false,
        level: 'suggestion',
      }),
    );
  yield line(record(c, { type: 'system', subtype: 'turn_duration', durationMs: r.size(90_000, 1) }));
}

function* prompt(c: Client, w: Workspace): Generator<Output> {
  const { r, sessionId } = c;
  const text = prose(r, w.vocabulary, Math.min(r.size(140, 1.3), 20_000));
  c.fresh += text.length;
  if (c.agentId === undefined) {
    const messageId = r.uuid();
    const tracked = Object.fromEntries(
      w.files.slice(0, r.int(4)).map((file, i) => [
        file.path.slice(w.root.length + 1),
        {
          backupFileName: `${r.hex(16)}@v${i + 1}`,
          version: i + 1,
          backupTime: new Date(c.now).toISOString(),
        },
      ]),
    );
    const snapshot = { messageId, trackedFileBackups: tracked, timestamp: new Date(c.now).toISOString() };
    yield line({ type: 'file-history-snapshot', messageId, snapshot, isSnapshotUpdate: false });
    if (c.era === 'late') yield line({ type: 'permission-mode', permissionMode: 'default', sessionId });
    yield line({
      type: 'queue-operation',
      operation: 'enqueue',
      timestamp: new Date(c.now).toISOString(),
      sessionId,
      content: text,
    });
    c.now += r.size(120_000, 1.2);
  }
  const image = c.agentId === undefined && r.chance(0.004);
  const picture = {
    type: 'image',
    source: {
      type: 'base64',
      media_type: 'image/png',
      data: image ? base64(r, r.between(40_000, 200_000)) : '',
    },
  };
  const content = image ? [{ type: 'text', text }, picture] : text;
  yield line(
    record(c, {
      type: 'user',
      message: { role: 'user', content },
      ...(c.era === 'late' ? { promptSource: 'typed', origin: { kind: 'human' } } : {}),
    }),
  );
  if (c.agentId !== undefined) return;
  if (c.last === null || r.chance(0.08))
    yield line(
      attachment(c, {
        type: 'skill_listing',
        content: Array.from(
          { length: 15 },
          () => `- ${r.pick(w.vocabulary.files)}: ${prose(r, w.vocabulary, 300)}`,
        ).join('\n'),
        skillCount: 15,
        isInitial: true,
      }),
    );
  yield line({ type: 'last-prompt', lastPrompt: text.slice(0, 200), leafUuid: c.last, sessionId });
  if (r.chance(0.3)) yield line({ type: 'ai-title', aiTitle: sentence(r), sessionId });
}

/** One request that calls tools, and their results. */
function* work(c: Client, w: Workspace): Generator<Output> {
  const { r } = c;
  const parallel = r.unit();
  const calls = Array.from({ length: parallel < 0.83 ? 1 : parallel < 0.95 ? 2 : r.between(3, 5) }, () => ({
    id: `toolu_01${r.id(22)}`,
    call: makeCall(r, w),
  }));
  const said = yield* speech(
    c,
    w,
    calls.reduce((sum, { call }) => sum + JSON.stringify(call.input).length, 0),
  );
  for (const [i, { id, call }] of calls.entries()) {
    const block = { type: 'tool_use', id, name: call.name, input: call.input };
    yield line(assistant(c, said, block, i === calls.length - 1, 'tool_use'));
  }
  for (const { id, call } of calls) {
    yield* aroundTool(c, w, id, call);
    c.fresh += call.content.length;
    yield line(toolResult(c, id, call.content, call.result, call.isError));
  }
}

// Thinking and text, each on a line of its own, before the calls.
function* speech(c: Client, w: Workspace, more: number): Generator<Output, Request> {
  const { r } = c;
  const thinks = r.chance(0.7);
  const thought = thinks && r.chance(0.62) ? prose(r, w.vocabulary, Math.min(r.size(230, 1.1), 9000)) : '';
  const signature = thinks ? base64(r, Math.max(200, Math.min(r.size(700, 1.05), 24_000))) : '';
  const text = r.chance(0.42) ? prose(r, w.vocabulary, Math.min(r.size(120, 1), 4000)) : '';
  const request = startRequest(
    c,
    Math.ceil((thought.length + signature.length / 2 + text.length + more) / 3.5),
  );
  if (thinks)
    yield line(assistant(c, request, { type: 'thinking', thinking: thought, signature }, false, ''));
  if (text) yield line(assistant(c, request, { type: 'text', text }, false, ''));
  return request;
}

function* answer(c: Client, w: Workspace): Generator<Output> {
  const text = prose(c.r, w.vocabulary, Math.min(c.r.size(650, 0.9), 8000));
  const request = startRequest(c, Math.ceil(text.length / 3.5));
  yield line(assistant(c, request, { type: 'text', text }, true, 'end_turn'));
}

/** A subagent: its own file below `subagents/`, or (early) told by progress records, now and then by both. */
function* subagent(c: Client, w: Workspace): Generator<Output> {
  const { r } = c;
  const id = `toolu_01${r.id(22)}`;
  const agentId = `a${r.hex(16)}`;
  const task = prose(r, w.vocabulary, r.size(1200, 0.7));
  const request = yield* speech(c, w, task.length);
  const input = { subagent_type: 'Explore', description: sentence(r), prompt: task };
  yield line(assistant(c, request, { type: 'tool_use', id, name: 'Agent', input }, true, 'tool_use'));
  const own = makeClient(r, { ...c, agentId, last: null, context: 12_000, fresh: task.length });
  const told = [...turn(own, w)].flatMap((output) => ('line' in output ? [output.line] : []));
  if (c.era === 'early') yield* toldByProgress(c, id, agentId, task, told);
  if (c.era !== 'early' || r.chance(0.4)) {
    yield { file: `subagents/agent-${agentId}.jsonl`, text: `${told.join('\n')}\n` };
    yield {
      file: `subagents/agent-${agentId}.meta.json`,
      text: JSON.stringify({
        agentType: 'Explore',
        description: input.description,
        toolUseId: id,
        spawnDepth: 1,
      }),
    };
  }
  c.now = own.now;
  const content = [{ type: 'text', text: prose(r, w.vocabulary, r.size(1800, 0.8)) }];
  c.fresh += 2000;
  yield line(
    toolResult(
      c,
      id,
      content,
      {
        status: 'completed',
        prompt: task,
        agentId,
        agentType: 'Explore',
        content,
        totalDurationMs: r.size(60_000, 1),
        totalTokens: own.context,
        totalToolUseCount: told.length >> 2,
      },
      false,
    ),
  );
}

export function newSession(r: Random, w: Workspace, now: number): Client {
  return makeClient(r, { cwd: w.root, now });
}
