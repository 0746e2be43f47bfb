// Issues in a JSON file: `issues.json` or `issues.jsonl`, a list, or one issue a line. The names of fields are those of beads
// and of what `gh issue list --json` and other exports print.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ClewError } from '../../model/index.ts';
import { foldersAbove } from '../above.ts';
import { byId, capableOfAllBut, stateOf } from '../tracker.ts';
import type { Issue, IssueDependency, Tracker, TrackerKind } from '../tracker.ts';
import { instant, priorityOf } from './values.ts';

type Json = Readonly<Record<string, unknown>>;

export const json: TrackerKind = {
  name: 'issues.json',
  find(folder) {
    const file = foldersAbove(folder)
      .flatMap((at) => ['issues.json', 'issues.jsonl'].map((name) => path.join(at, name)))
      .find((one) => existsSync(one));
    return file === undefined ? undefined : jsonTracker(file);
  },
};

export function jsonTracker(file: string): Tracker {
  const read = (): { issues: Issue[]; others: number } => {
    const all = valuesIn(file);
    const newest = new Map(all.flatMap((one) => issueOf(one) ?? []).map((one) => [one.id, one]));
    const others = all.filter((one) => issueOf(one) === undefined).length;
    return { issues: [...newest.values()].sort(byId), others };
  };
  return {
    name: path.basename(file),
    place: file,
    project: path.dirname(file),
    capabilities: capableOfAllBut('closedBySession'),
    list: async () => read().issues,
    get: async (id) => read().issues.find((one) => one.id === id),
    warnings: async () => {
      const { others } = read();
      if (others === 0) return [];
      const what = others === 1 ? '1 entry is no issue' : `${others} entries are no issues`;
      return [`${file}: ${what}: no id, or no title`];
    },
  };
}

/** Throws UNREADABLE. */
function valuesIn(file: string): Json[] {
  const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
  try {
    const text = readFileSync(file, 'utf8');
    const lines = file.endsWith('.jsonl') || /^\s*\{[^\n]*\}\s*\n\s*\{/.test(text);
    const value: unknown = lines
      ? text
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map((line) => JSON.parse(line) as unknown)
      : JSON.parse(text);
    const list = isObject(value) && Array.isArray(value['issues']) ? value['issues'] : value;
    return Array.isArray(list) ? list.filter(isObject) : [];
  } catch (error) {
    throw new ClewError(
      'UNREADABLE',
      `${file}: ${(error as Error).message}`,
      'it is to be a JSON list of issues, or one issue a line',
      { cause: error },
    );
  }
}

function issueOf(told: Json): Issue | undefined {
  const get = (...names: string[]): unknown =>
    names.map((name) => told[name]).find((value) => value !== undefined && value !== null && value !== '');
  const id = word(get('identifier', 'key')) ?? numbered(word(get('number'))) ?? word(get('id'));
  const title = text(get('title'));
  if (!id || title === null) return undefined;
  const status = text(get('status', 'state')) ?? 'open';
  const closedAt = instant(get('closed_at', 'closedAt', 'completedAt'));
  const comments = get('comments', 'comment_count');
  return {
    id,
    title,
    description: text(get('description', 'body')),
    status,
    state: stateOf(status, closedAt),
    priority: priorityOf(get('priority')),
    type: text(get('type', 'issue_type')),
    assignee: text(get('assignee')) ?? text(list(get('assignees'))[0]),
    labels: list(get('labels')).flatMap((one) => text(one) ?? []),
    createdAt: instant(get('created_at', 'createdAt')),
    updatedAt: instant(get('updated_at', 'updatedAt')),
    closedAt,
    closeReason: text(get('close_reason', 'closeReason')),
    closedBySession: null,
    dependencies: list(get('dependencies', 'depends_on')).flatMap(dependencyOf),
    comments: typeof comments === 'number' ? comments : comments === undefined ? null : list(comments).length,
    externalRef: text(get('external_ref', 'url')),
  };
}

function dependencyOf(one: unknown): IssueDependency[] {
  const edge = typeof one === 'object' && one !== null ? (one as Json) : {};
  const id = text(edge['depends_on_id'] ?? edge['id'] ?? one);
  return id === null ? [] : [{ id, type: text(edge['type']) ?? 'blocks' }];
}

/** What has a name is called by it: people, labels and states of other trackers. */
function text(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  if (typeof value !== 'object' || value === null) return null;
  const { login, name } = value as { login?: unknown; name?: unknown };
  return [login, name].find((one): one is string => typeof one === 'string' && one !== '') ?? null;
}

const word = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
const numbered = (number: string | undefined): string | undefined =>
  number === undefined ? undefined : `#${number}`;
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
