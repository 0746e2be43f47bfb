// The to-do list as the session left it: lists that replace each other, and tasks that are created and updated one by one.
import type { TimelineEntry } from '../query/index.ts';

export interface Todo {
  readonly status: string;
  readonly content: string;
  readonly entry: TimelineEntry;
}

interface Detail {
  readonly items?: readonly { readonly status?: string; readonly content?: string }[];
  readonly task?: { readonly taskId?: string; readonly subject?: string; readonly status?: string };
}

const isOpen = ({ status }: Todo): boolean => status !== 'completed' && status !== 'deleted';

/** What is open, what is being worked on first. Subagents have lists of their own, but share the tasks. */
export function openTodos(entries: readonly TimelineEntry[]): Todo[] {
  let list: Todo[] = [];
  const tasks = new Map<string, Todo>();
  for (const entry of entries) {
    if (entry.kind !== 'todo') continue;
    const { items, task } = (entry.detail ?? {}) as Detail;
    if (items && entry.depth === 0)
      list = items.map(({ status = '', content = '' }) => ({ status, content, entry }));
    if (task?.taskId === undefined) continue;
    const known = tasks.get(task.taskId);
    const status = task.status ?? known?.status ?? 'pending';
    tasks.set(task.taskId, {
      status,
      content: task.subject ?? known?.content ?? `task ${task.taskId}`,
      entry,
    });
  }
  const open = [...list, ...tasks.values()].filter(isOpen);
  return open.toSorted((a, b) => Number(b.status === 'in_progress') - Number(a.status === 'in_progress'));
}
