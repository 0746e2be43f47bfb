// Commands that go on in the background behind the result of their call: which call left which task running, and when a
// task was over. What the client tells of it, and since when, is in SOURCES.md under "Background commands".
import type { Emit, Place } from '../../model/index.ts';
import { agentId, tag } from './markup.ts';
import { object, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';

/** What the result of a call tells: that a task goes on, or that one was stopped or found ended. */
export function readTask(call: string, told: Json | undefined, place: Place, emit: Emit): void {
  const begun = text(told?.['backgroundTaskId']);
  if (begun !== undefined) tell(place, emit, 'task', `${begun} ${call}`);
  // BashOutput; TaskOutput; KillShell and TaskStop, which tell no status.
  const asked = object(told?.['task']);
  const status = text(asked?.['status']) ?? text(told?.['status']) ?? 'stopped';
  const id = text(asked?.['task_id']) ?? text(told?.['shellId']) ?? stopped(told);
  if (id !== undefined) ended(place, emit, id, status);
}

const stopped = (told: Json | undefined): string | undefined =>
  text(told?.['message'])?.startsWith('Successfully ') === true
    ? (text(told?.['task_id']) ?? text(told?.['shell_id']))
    : undefined;

/** What a `<task-notification>` tells, wherever it stands. A monitor's events have no status. */
export function readTaskEnd(words: string | undefined, place: Place, emit: Emit): void {
  if (words?.trimStart().startsWith('<task-notification>') !== true) return;
  ended(place, emit, tag(words, 'task-id'), tag(words, 'status'));
}

function ended(place: Place, emit: Emit, id: string, status: string): void {
  const isOver = !['', 'running', 'pending'].includes(status);
  if (isOver && id !== '' && !agentId.test(id)) tell(place, emit, 'taskEnded', id);
}

function tell({ session, at, pos }: Place, emit: Emit, name: 'task' | 'taskEnded', value: string): void {
  emit({ fact: 'session', session, at, pos, name, value });
}
