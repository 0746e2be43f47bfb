// A second opinion on Copilot CLI's logs: slow, obvious, and sharing no code with the project. A session that was shut down
// used what its last shutdown says; what came after it, and any other session, what messages say of their output.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { AgentCounts } from './agent-counts.ts';
import { addUsage, noCounts } from './agent-counts.ts';
import { noTokens } from './counts.ts';
import type { Response } from './responses.ts';

// Records are taken as they are: a wrong one should fail here.
// oxlint-disable-next-line typescript/no-explicit-any
type Json = Record<string, any>;
type Event = { type: string; timestamp: string; data: Json };

export function countCopilot(sessionState: string, responses: Response[] = []): AgentCounts {
  const sessions = readdirSync(sessionState).sort();
  const counts = noCounts(sessions);
  const files = new Map<string, string>();
  for (const session of sessions) {
    const events = readFileSync(path.join(sessionState, session, 'events.jsonl'), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Event);
    const of = (type: string): Json[] => events.filter((one) => one.type === type).map((one) => one.data);
    // What loads a skill is written as the user's.
    counts.prompts += of('user.message').filter((one) => one['source'] === undefined).length;
    const messages = new Map(of('assistant.message').map((one) => [one['messageId'] as string, one]));
    counts.messages += messages.size;
    for (const { model, tokens } of usageOf(events, messages, responses)) {
      const { input, output, cacheRead, cacheWrite5m: cacheWrite } = tokens;
      addUsage(counts.models, model, { input, output, cacheRead, cacheWrite });
      addUsage(counts.bySession, session, { input, output, cacheRead, cacheWrite });
    }
    const calls = new Map(of('tool.execution_start').map((one) => [one['toolCallId'] as string, one]));
    for (const [id, call] of calls) {
      counts.tools[call['toolName']] = (counts.tools[call['toolName']] ?? 0) + 1;
      const named = /^\*\*\* (?:Add|Update|Delete) File: (.+)$/m.exec(String(call['arguments']))?.[1];
      if (['edit', 'create', 'apply_patch'].includes(call['toolName']))
        files.set(id, call['arguments']['path'] ?? named);
    }
    for (const end of of('tool.execution_complete')) {
      if (end['success'] === false) counts.toolErrors++;
      const file = files.get(end['toolCallId']);
      if (end['success'] === true && file !== undefined) counts.filesEdited.add(file);
    }
  }
  return counts;
}

/** What a session used; each of its messages is a response, too. */
function usageOf(
  events: readonly Event[],
  messages: ReadonlyMap<string, Json>,
  responses: Response[],
): readonly Response[] {
  const end = events.findLastIndex((one) => one.type === 'session.shutdown');
  const shutdown = events[end];
  const metrics = shutdown?.data['modelMetrics'] as Json | undefined;
  const said = saidIn(events, messages);
  if (shutdown === undefined || metrics === undefined) {
    responses.push(...said);
    return said;
  }
  const sums = Object.entries(metrics).map(([model, { usage: u }]): Response => {
    const tokens = {
      input: u.inputTokens - u.cacheReadTokens - u.cacheWriteTokens,
      output: u.outputTokens,
      cacheRead: u.cacheReadTokens,
      cacheWrite5m: u.cacheWriteTokens,
      cacheWrite1h: 0,
    };
    return { kind: 'sum', model, at: Date.parse(shutdown.timestamp), tier: '', tokens };
  });
  const before = saidIn(events.slice(0, end), messages).length;
  for (const one of said.slice(0, before)) responses.push({ ...one, kind: 'response', tokens: noTokens() });
  // A session that went on afterwards told the whole once more, or not any more.
  const used = [...sums, ...said.slice(before)];
  responses.push(...used);
  return used;
}

/** What the messages themselves tell: their output. */
function saidIn(events: readonly Event[], messages: ReadonlyMap<string, Json>): Response[] {
  // Older versions name the model only where it is chosen.
  let model = '';
  const said: Response[] = [];
  const seen = new Set<string>();
  for (const { type, timestamp, data } of events) {
    model = (type === 'session.start' ? data['selectedModel'] : data['newModel']) ?? model;
    if (type !== 'assistant.message' || seen.has(data['messageId'])) continue;
    seen.add(data['messageId']);
    const output: number = messages.get(data['messageId'])?.['outputTokens'] ?? 0;
    const tokens = { ...noTokens(), output };
    said.push({ kind: 'part', model: data['model'] ?? model, at: Date.parse(timestamp), tier: '', tokens });
  }
  return said;
}
