// A second opinion on Copilot CLI's logs: slow, obvious, and sharing no code with the project. A session that was shut down
// used what its last shutdown says; any other, what its messages say of their output.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { AgentCounts, Usage } from './agent-counts.ts';
import { addUsage, noCounts } from './agent-counts.ts';

// Records are taken as they are: a wrong one should fail here.
// oxlint-disable-next-line typescript/no-explicit-any
type Json = Record<string, any>;

export function countCopilot(sessionState: string): AgentCounts {
  const sessions = readdirSync(sessionState).sort();
  const counts = noCounts(sessions);
  const files = new Map<string, string>();
  for (const session of sessions) {
    const events = readFileSync(path.join(sessionState, session, 'events.jsonl'), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { type: string; data: Json });
    const of = (type: string): Json[] => events.filter((one) => one.type === type).map((one) => one.data);
    // What loads a skill is written as the user's.
    counts.prompts += of('user.message').filter((one) => one['source'] === undefined).length;
    const messages = new Map(of('assistant.message').map((one) => [one['messageId'] as string, one]));
    counts.messages += messages.size;
    for (const [model, usage] of usageOf(events, messages)) {
      addUsage(counts.models, model, usage);
      addUsage(counts.bySession, session, usage);
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

function usageOf(
  events: readonly { type: string; data: Json }[],
  messages: ReadonlyMap<string, Json>,
): [string, Usage][] {
  const shutdown = events.findLast((one) => one.type === 'session.shutdown')?.data['modelMetrics'];
  if (shutdown !== undefined)
    return Object.entries(shutdown as Json).map(([model, { usage: u }]) => [
      model,
      {
        input: u.inputTokens - u.cacheReadTokens - u.cacheWriteTokens,
        output: u.outputTokens,
        cacheRead: u.cacheReadTokens,
        cacheWrite: u.cacheWriteTokens,
      },
    ]);
  // Older versions name the model only where it is chosen.
  let model = '';
  const found: [string, Usage][] = [];
  const seen = new Set<string>();
  for (const { type, data } of events) {
    model = (type === 'session.start' ? data['selectedModel'] : data['newModel']) ?? model;
    if (type !== 'assistant.message' || seen.has(data['messageId'])) continue;
    seen.add(data['messageId']);
    const output: number = messages.get(data['messageId'])?.['outputTokens'] ?? 0;
    found.push([data['model'] ?? model, { input: 0, output, cacheRead: 0, cacheWrite: 0 }]);
  }
  return found;
}
