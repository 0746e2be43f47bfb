// A second opinion on Gemini CLI's chats: slow, obvious, and sharing no code with the project. A message is merged from all
// records of its id over the whole home: a field that is told later wins, one that is left out takes nothing away.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { AgentCounts } from './agent-counts.ts';
import { addUp, noCounts } from './agent-counts.ts';
import type { Response } from './responses.ts';

// Records are taken as they are: a wrong one should fail here.
// oxlint-disable-next-line typescript/no-explicit-any
type Json = Record<string, any>;

export function countGemini(tmp: string, responses: Response[] = []): AgentCounts {
  const merged = new Map<string, { session: string; message: Json }>();
  const sessions = new Set<string>();
  const files = readdirSync(tmp, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(?:^|\/)chats\/.*\.jsonl?$/.test(name),
  );
  for (const name of files) {
    const { header, messages } = readChat(path.join(tmp, name));
    const above = path.basename(path.dirname(name));
    const session: string = above === 'chats' ? header['sessionId'] : above;
    sessions.add(session);
    for (const message of messages) {
      const before = merged.get(message['id']);
      const told = Object.fromEntries(Object.entries(message).filter(([, value]) => value !== null));
      merged.set(message['id'], {
        session: before?.session ?? session,
        message: { ...before?.message, ...told, isAgent: above !== 'chats' },
      });
    }
  }
  const counts = noCounts([...sessions].sort());
  const calls = new Map<string, Json>();
  for (const { session, message } of merged.values()) {
    if (message['type'] === 'user' && !message['isAgent'] && isTyped(message['content'])) counts.prompts++;
    if (message['type'] !== 'gemini' || isClients(message)) continue;
    const t: Json = message['tokens'] ?? {};
    const n = (name: string): number => t[name] ?? 0;
    const model: string = message['model'] ?? '';
    const input = n('input') - n('cached') + n('tool');
    const output = n('output') + n('thoughts');
    addUp(counts, session, model, { input, output, cacheRead: n('cached'), cacheWrite: 0 });
    responses.push({
      kind: 'response',
      model,
      at: Date.parse(message['timestamp']) || 0,
      tier: '',
      tokens: { input, output, cacheRead: n('cached'), cacheWrite5m: 0, cacheWrite1h: 0 },
      thoughts: n('thoughts'),
    });
    for (const call of message['toolCalls'] ?? []) calls.set(call['id'], call);
  }
  for (const call of calls.values()) {
    counts.tools[call['name']] = (counts.tools[call['name']] ?? 0) + 1;
    if (call['status'] === 'error') counts.toolErrors++;
    if (call['status'] === 'success' && ['write_file', 'replace'].includes(call['name']))
      counts.filesEdited.add(call['resultDisplay']?.['filePath'] ?? call['args']['file_path']);
  }
  return counts;
}

function readChat(file: string): { header: Json; messages: Json[] } {
  const text = readFileSync(file, 'utf8');
  if (file.endsWith('.json')) {
    const chat = JSON.parse(text) as Json;
    return { header: chat, messages: chat['messages'] };
  }
  const lines = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Json);
  const messages = lines.flatMap((line) => (line['$set'] ? (line['$set']['messages'] ?? []) : [line]));
  return { header: lines[0] ?? {}, messages: messages.filter((one: Json) => one['id'] !== undefined) };
}

/** Not what a tool gave back, and not what the client says of its own accord. */
function isTyped(content: unknown): boolean {
  const parts: Json[] = typeof content === 'string' ? [{ text: content }] : (content as Json[]);
  if (parts.some((part) => part['functionResponse'])) return false;
  const words = parts.map((part) => part['text'] ?? '').join('');
  const own = ['<session_context>', '<hook_context>', '<state_snapshot>', 'System: Please continue.'];
  return !words.startsWith('/') && !own.some((start) => words.startsWith(start));
}

/** The model's part in a history that the client has compressed. */
const isClients = (message: Json): boolean =>
  !message['tokens'] && message['content'][0]?.['text'] === 'Got it. Thanks for the additional context!';
