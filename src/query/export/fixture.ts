// Sessions for the tests of this folder: just enough of each shape, with the text that a test wants in it.
import { noTokens } from '../../model/index.ts';
import type { OperationRow, RunNode, SessionDetail, Timeline, TimelineEntry } from '../types.ts';

const noCost = { computed: 0, highest: 0, unpricedTokens: 0, reported: null };

export const session = 'aaaaaaaa-0000-4000-8000-000000000001';
const at = '2026-11-03T08:12:04.000Z';

export function detailOf(told: Partial<SessionDetail> = {}): SessionDetail {
  return {
    id: session,
    agent: 'claude-code',
    agentVersion: '2.1.329',
    project: '/home/u/p',
    workspace: '/home/u/p',
    branch: 'main',
    status: 'completed',
    startedAt: at,
    endedAt: '2026-11-03T08:20:04.000Z',
    exitReason: null,
    models: ['claude-opus-5'],
    title: 'A title',
    goal: null,
    recordedAs: null,
    turns: 2,
    messages: 4,
    operations: 1,
    errors: 0,
    apiErrors: 0,
    compactions: 0,
    tokens: { ...noTokens, input: 1200, output: 80 },
    outputIsLowerBound: false,
    cost: noCost,
    parentSessionId: null,
    machine: 'here',
    entrypoint: 'cli',
    permissionMode: 'default',
    uuid: session,
    user: null,
    agentName: null,
    agentType: null,
    model: 'claude-opus-5',
    modelTier: null,
    temperature: null,
    initialPrompt: null,
    initialContext: null,
    createdAt: at,
    issuesClaimed: [],
    skillsUsed: [],
    contextTokens: null,
    totalTokens: 1280,
    totalCost: 0,
    operationCount: 1,
    interactions: {},
    snapshots: 0,
    metadata: null,
    runs: [runOf({ id: session, type: 'main' })],
    operationsByType: { read: 0, write: 1, execute: 0, query: 0, other: 0 },
    operationsByName: { Edit: 1 },
    operationsByStatus: { pending: 0, success: 1, failed: 0, blocked: 0, interrupted: 0 },
    tokensByModel: [
      {
        model: 'claude-opus-5',
        messages: 4,
        tokens: { ...noTokens, input: 1200, output: 80 },
        cost: noCost,
      },
    ],
    changedFiles: [],
    commits: [],
    pullRequests: [],
    skills: [],
    versions: ['2.1.329'],
    branches: ['main'],
    forks: [],
    messagesSeen: 4,
    costState: null,
    sources: [],
    ...told,
  };
}

export function runOf(told: Partial<RunNode>): RunNode {
  const times = { startedAt: at, endedAt: at };
  return {
    id: 'run',
    type: 'Explore',
    description: null,
    model: null,
    status: 'completed',
    operation: null,
    ...times,
    operations: 0,
    messages: 0,
    tokens: noTokens,
    children: [],
    ...told,
  };
}

let made = 0;

export function entryOf(
  kind: TimelineEntry['kind'],
  text: string,
  told: Partial<TimelineEntry> = {},
): TimelineEntry {
  return {
    key: `key-${made++}`,
    kind,
    at,
    session,
    run: session,
    depth: 0,
    turn: null,
    text,
    detail: null,
    ...told,
  };
}

export function operationOf(told: Partial<OperationRow>, place: Partial<TimelineEntry> = {}): TimelineEntry {
  const id = told.id ?? `op-${made++}`;
  const operation: OperationRow = {
    id,
    name: 'Edit',
    type: 'write',
    target: '/home/u/p/a.ts',
    description: null,
    status: 'success',
    startedAt: at,
    durationMs: 40,
    durationFrom: 'times',
    error: null,
    approval: null,
    approvedBy: null,
    spawned: null,
    batch: null,
    detail: null,
    changes: [],
    ...told,
  };
  return entryOf('operation', operation.target, { key: id, ...place, operation });
}

export const timelineOf = (...entries: TimelineEntry[]): Timeline => ({ session, entries });

/** A session with the same text wherever a record's text can get. */
export function full(text: string): [SessionDetail, Timeline] {
  const change = {
    path: text,
    kind: 'update' as const,
    added: 1,
    removed: 1,
    diff: `@@ -1 +1 @@\n-${text}\n+${text}`,
    partial: false,
    undoOperationId: null,
  };
  const detail = detailOf({
    title: text,
    project: text,
    workspace: `/w/${text}`,
    branch: text,
    branches: [text],
    models: [text],
    machine: text,
    exitReason: text,
    skills: [text],
    versions: [text],
    commits: [`abc1234 ${text}`],
    pullRequests: [text],
    changedFiles: [{ path: text, changes: 1, added: 1, removed: 0 }],
    tokensByModel: [{ model: text, messages: 1, tokens: noTokens, cost: noCost }],
    runs: [
      runOf({
        id: session,
        type: 'main',
        children: [runOf({ id: 'sub', type: text, description: text, model: text, status: text })],
      }),
    ],
  });
  const sub = { run: 'sub', depth: 1 };
  const told = {
    name: text,
    target: text,
    description: text,
    error: text,
    changes: [change],
    approval: 'denied',
    approvedBy: text,
  } as const;
  return [
    detail,
    timelineOf(
      entryOf('prompt', text),
      entryOf('answer', text),
      entryOf('thinking', text),
      operationOf({ ...told, status: 'failed' }),
      operationOf({ ...told, type: 'execute', spawned: 'sub' }),
      entryOf('agent_prompt', text, sub),
      entryOf('answer', text, sub),
      operationOf(told, sub),
      entryOf('plan', text),
      entryOf('todo', text, { detail: { items: [{ status: 'completed', content: text }] } }),
      entryOf('decision', text),
      entryOf('decision', text, {
        detail: { asked: [{ question: text, options: [text, 'b'], selected: text }] },
      }),
      entryOf('commit', `abc1234 ${text}`),
      entryOf('pull_request', text),
      entryOf('note', text, { detail: { compactSummary: true } }),
      entryOf('note', text),
      entryOf('api_error', text),
      entryOf('retry', text, { detail: { attempt: 1, of: 10, inMs: 500 } }),
      entryOf('compaction', text, { detail: { trigger: text, preTokens: 10 } }),
      entryOf('command', text),
      entryOf('answer', 'the end of it'),
    ),
  ];
}
