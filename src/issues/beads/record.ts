// An issue as beads tells it, in JSON or as a row of its database: the same names everywhere, of which each version has some.
import type { IssueState } from '../../model/index.ts';
import { stateOf } from '../tracker.ts';
import type { Issue, IssueDependency } from '../tracker.ts';
import { timeOf } from './times.ts';

export type BeadsRecord = Readonly<Record<string, unknown>>;

/** What a project's own statuses amount to: `name` → `active`, `wip`, `done`, `frozen`. */
export type Categories = ReadonlyMap<string, string>;

const categoryStates: Readonly<Record<string, IssueState>> = {
  active: 'open',
  wip: 'in_progress',
  done: 'closed',
  frozen: 'open',
};

const statuses = 'open in_progress blocked deferred closed pinned hooked tombstone'.split(' ');
/** Whether its status is one of the project's, not of beads'. */
export const hasOwnStatus = ({ status }: BeadsRecord): boolean => !statuses.includes(text(status) ?? 'open');

/** What beads keeps for its own ends stands among the issues, but `bd list` does not list it. */
const ownTypes = new Set<unknown>(['gate', 'agent', 'rig', 'role', 'message']);
export const isListed = (record: BeadsRecord): boolean =>
  !ownTypes.has(record['issue_type']) && !record['is_template'];

/** Undefined for what is no issue. */
export function issueOf(record: BeadsRecord, categories: Categories = new Map()): Issue | undefined {
  const id = text(record['id']);
  const type = record['_type'];
  if (id === null || (type !== undefined && type !== 'issue')) return undefined;
  const status = text(record['status']) ?? 'open';
  const closedAt = timeOf(record['closed_at']);
  const category = categories.get(status);
  return {
    id,
    title: text(record['title']) ?? '',
    description: text(record['description']),
    status,
    state: categoryStates[category ?? ''] ?? stateOf(status, closedAt),
    priority: typeof record['priority'] === 'number' ? record['priority'] : null,
    type: text(record['issue_type']),
    assignee: text(record['assignee']),
    labels: list(record['labels']).flatMap((one) => text(one) ?? []),
    createdAt: timeOf(record['created_at']),
    updatedAt: timeOf(record['updated_at']),
    closedAt,
    closeReason: text(record['close_reason']),
    closedBySession: text(record['closed_by_session']),
    dependencies: list(record['dependencies']).flatMap(dependencyOf),
    comments: commentsOf(record),
    externalRef: text(record['external_ref']),
  };
}

function dependencyOf(one: unknown): IssueDependency[] {
  if (typeof one !== 'object' || one === null) return [];
  const edge = one as BeadsRecord;
  const id = text(edge['depends_on_id']);
  return id === null ? [] : [{ id, type: text(edge['type']) ?? 'blocks' }];
}

/** Most versions write them to JSONL only at `bd sync`, so that none there does not mean that there are none. */
function commentsOf(record: BeadsRecord): number | null {
  const { comment_count: counted, comments } = record;
  if (typeof counted === 'number') return counted;
  return Array.isArray(comments) ? comments.length : null;
}

/** `config` of beads has its project's statuses as `name[:category]`, separated by commas. */
export function categoriesOf(custom: unknown): Categories {
  const pairs = (text(custom) ?? '').split(',').map((one) => one.trim().split(':'));
  return new Map(pairs.flatMap(([name = '', category = '']) => (category ? [[name, category]] : [])));
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
