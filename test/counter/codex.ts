// A second opinion on Codex homes: slow, obvious, straight from the counting rules, and sharing no code with the project.
// Each thread is counted for itself: a session of clew's is a root thread with its subagents' threads.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { addTokens, noTokens } from './counts.ts';
import type { Tokens } from './counts.ts';
import type { Response } from './responses.ts';

export interface ThreadCounts {
  messages: number;
  tokens: Tokens;
  /** By model, and by tier where that is not the standard one: `gpt-x priority`. */
  models: Record<string, { messages: number; tokens: Tokens }>;
  prompts: number;
  agentPrompts: number;
  tools: Record<string, number>;
  /** Calls whose output says a non-zero exit code, or whose patch failed. */
  toolErrors: number;
  compactions: number;
  /** Sorted paths. */
  filesEdited: string[];
}

/* eslint-disable-next-line typescript/no-explicit-any -- records of other people's making */
type Line = { at: string; type: string; payload: any; line: string };

export function countCodex(sessionsDir: string, responses: Response[] = []): Record<string, ThreadCounts> {
  const files = new Map<string, Line[][]>();
  const names = readdirSync(sessionsDir, { recursive: true, encoding: 'utf8' });
  for (const name of names.filter((one) => /rollout-[^/]*\.jsonl$/.test(one))) {
    const lines = readLines(path.join(sessionsDir, name));
    const id = lines[0]!.payload.id as string;
    files.set(id, [...(files.get(id) ?? []), lines]);
  }
  for (const states of files.values()) states.sort((a, b) => b.length - a.length);
  const counts = [...files].map(([id, states]) => [id, countThread(states, files, responses)] as const);
  return Object.fromEntries(counts);
}

function readLines(file: string): Line[] {
  const all = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return all.map((text) => {
    const { timestamp, type, payload } = JSON.parse(text);
    return { at: timestamp, type, payload, line: JSON.stringify([type, sorted(payload)]) };
  });
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  );
}

/** How many lines at the start of a file were copied from the one that it says that it goes on from. */
function prefixOf(lines: readonly Line[], files: ReadonlyMap<string, Line[][]>): number {
  const [first, second] = lines;
  if (second?.type !== 'session_meta' || second.payload.id === first!.payload.id) return 1;
  const parent = new Set(files.get(second.payload.id)?.[0]?.map((one) => one.line));
  let end = 1;
  while (end < lines.length && parent.has(lines[end]!.line)) end++;
  return end;
}

function countThread(
  states: readonly Line[][],
  files: ReadonlyMap<string, Line[][]>,
  responses: Response[],
): ThreadCounts {
  const counts: ThreadCounts = {
    messages: 0,
    tokens: noTokens(),
    models: {},
    prompts: 0,
    agentPrompts: 0,
    tools: {},
    toolErrors: 0,
    compactions: 0,
    filesEdited: [],
  };
  const seen = { usage: new Set<string>(), calls: new Set<string>(), failed: new Set<string>() };
  const paths = new Set<string>();
  for (const [n, lines] of states.entries())
    countFile(lines, prefixOf(lines, files), n === 0, counts, seen, paths, responses);
  counts.toolErrors = seen.failed.size;
  counts.filesEdited = [...paths].toSorted();
  return counts;
}

interface Seen {
  readonly usage: Set<string>;
  readonly calls: Set<string>;
  readonly failed: Set<string>;
}

function countFile(
  lines: readonly Line[],
  own: number,
  isFirst: boolean,
  counts: ThreadCounts,
  seen: Seen,
  paths: Set<string>,
  responses: Response[],
): void {
  const isSubagent = typeof lines[0]!.payload.source === 'object';
  const hasRecords = lines.some((one) => one.type === 'token_usage_record');
  // Where no event tells of patches, their own words do; a path in them may be relative to where the agent was.
  const hasPatches = lines.some((one) =>
    /patch_apply_end|FileChange/.test(`${one.payload.type} ${one.payload.item?.type}`),
  );
  const patches = new Map<string, string[]>();
  let cwd = '';
  let model = '';
  let tier = '';
  let before: Record<string, number> | undefined;
  let script: string | undefined;
  const add = (key: string, at: string, usage: Record<string, number>, last = usage): void => {
    if (seen.usage.has(key)) return;
    seen.usage.add(key);
    const tokens = tokensOf(usage);
    const hidden = subtract(tokens, tokensOf(last));
    responses.push({ kind: 'response', model, at: Date.parse(at), tier, tokens, hidden });
    const name = tier ? `${model} ${tier}` : model;
    const of = (counts.models[name] ??= { messages: 0, tokens: noTokens() });
    counts.messages++;
    of.messages++;
    addTokens(counts.tokens, tokens);
    addTokens(of.tokens, tokens);
  };
  for (const [i, { at, type, payload }] of lines.entries()) {
    const isOwn = i >= own;
    const kind = type === 'event_msg' || type === 'response_item' ? payload.type : type;
    const item = kind === 'item_completed' ? payload.item : undefined;
    if (kind === 'turn_context') model = payload.model;
    if (kind === 'turn_context' || (kind === 'session_meta' && i === 0)) cwd = payload.cwd;
    if (kind === 'thread_settings_applied') tier = payload.thread_settings.service_tier ?? '';
    if (kind === 'token_usage_record' && isOwn) add(payload.response_id, at, payload.usage);
    if (kind === 'token_count' && payload.info && !hasRecords) {
      const total = parts(payload.info.total_token_usage);
      const last = parts(payload.info.last_token_usage);
      const prior = before;
      before = total;
      if (prior && isDeepStrictEqual(prior, total)) continue;
      const isSetBack = !prior || Object.keys(total).some((name) => total[name]! < prior[name]!);
      const usage = isSetBack
        ? last
        : Object.fromEntries(Object.keys(total).map((name) => [name, total[name]! - prior[name]!]));
      if (isOwn) add(`${at} ${JSON.stringify(total)}`, at, usage, last);
    }
    if (!isOwn) continue;
    if ((kind === 'user_message' || item?.type === 'UserMessage') && isFirst)
      counts[isSubagent ? 'agentPrompts' : 'prompts']++;
    if (kind === 'compacted' && isFirst) counts.compactions++;
    if (/^(?:function|custom_tool|local_shell|web_search|tool_search)_call$/.test(kind)) {
      const id = payload.call_id ?? (isFirst ? `${i}` : undefined);
      if (id !== undefined && !seen.calls.has(id)) {
        seen.calls.add(id);
        const name = payload.name ?? kind;
        counts.tools[name] = (counts.tools[name] ?? 0) + 1;
      }
      if (payload.name === 'exec') script = payload.call_id;
    }
    if (payload.name === 'apply_patch' && !hasPatches) {
      const headers = [
        ...String(payload.input).matchAll(/^\*\*\* (?:(?:Add|Update|Delete) File|Move to): (.+)$/gm),
      ];
      patches.set(
        payload.call_id,
        headers.map((one) => path.resolve(cwd, one[1]!)),
      );
    }
    if (kind.endsWith('_call_output') && /Success\. Updated/.test(JSON.stringify(payload.output)))
      for (const file of patches.get(payload.call_id) ?? []) paths.add(file);
    if (kind.endsWith('_call_output') && saysFailure(payload.output)) seen.failed.add(payload.call_id);
    const patch = kind === 'patch_apply_end' ? payload : item?.type === 'FileChange' ? item : undefined;
    if (patch && (patch.success === false || patch.status === 'failed')) {
      const id = patch.call_id ?? patch.id;
      seen.failed.add(id.startsWith('exec-') ? script : id);
    } else if (patch)
      for (const [file, change] of Object.entries<{ move_path?: string }>(patch.changes)) {
        paths.add(file);
        if (change.move_path) paths.add(change.move_path);
      }
  }
}

const names = [
  'input_tokens',
  'cached_input_tokens',
  'cache_write_input_tokens',
  'output_tokens',
  'reasoning_output_tokens',
];

const parts = (usage: Record<string, number>): Record<string, number> =>
  Object.fromEntries(names.map((name) => [name, usage[name] ?? 0]));

function tokensOf(told: Record<string, number>): Tokens {
  const usage = parts(told);
  const cacheRead = usage['cached_input_tokens']!;
  const cacheWrite5m = usage['cache_write_input_tokens']!;
  return {
    input: usage['input_tokens']! - cacheRead - cacheWrite5m,
    output: usage['output_tokens']!,
    cacheRead,
    cacheWrite5m,
    cacheWrite1h: 0,
  };
}

const subtract = (a: Tokens, b: Tokens): Tokens => ({
  input: a.input - b.input,
  output: a.output - b.output,
  cacheRead: a.cacheRead - b.cacheRead,
  cacheWrite5m: a.cacheWrite5m - b.cacheWrite5m,
  cacheWrite1h: a.cacheWrite1h - b.cacheWrite1h,
});

function saysFailure(output: unknown): boolean {
  const text =
    typeof output === 'string'
      ? output
      : (output as { text?: string }[]).map((part) => part.text ?? '').join('\n');
  // What the program printed says nothing.
  const head = text.split(/^Output:$/m)[0]!;
  const code =
    /^(?:Process exited with code|Exit code:) (-?\d+)$/m.exec(head)?.[1] ??
    /"metadata":\{"exit_code":(-?\d+)/.exec(text)?.[1];
  return code !== undefined && code !== '0';
}
