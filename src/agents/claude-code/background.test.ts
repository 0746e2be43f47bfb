// Commands in the background: which call left which task running, and when the task was over, as the records of real
// clients tell it.
import { expect, test } from 'vitest';
import type { Fact } from '../../model/index.ts';
import { readTask, readTaskEnd } from './background.ts';

const place = { session: 's', run: 's', turn: undefined, at: 7, pos: 0, rank: 0 } as const;

function told(read: (emit: (fact: Fact) => void) => void): string[] {
  const found: string[] = [];
  read((fact) => void (fact.fact === 'session' && found.push(`${fact.name} ${fact.value} at ${fact.at}`)));
  return found;
}
const result = (words: object): string[] => told((emit) => readTask('toolu_1', words as never, place, emit));
const note = (words: string): string[] => told((emit) => readTaskEnd(words, place, emit));

test('a call that goes on behind its result', () => {
  expect(result({ stdout: '', stderr: '', interrupted: false, backgroundTaskId: 'b0u219cy0' })).toEqual([
    'task b0u219cy0 toolu_1 at 7',
  ]);
  expect(result({ stdout: 'done', stderr: '' })).toEqual([]);
});

test('the end, by notification', () => {
  const words = (id: string, status: string): string =>
    `<task-notification>\n<task-id>${id}</task-id>\n${status}\n<summary>…</summary>\n</task-notification>`;
  expect(note(words('b0u219cy0', '<status>completed</status>'))).toEqual(['taskEnded b0u219cy0 at 7']);
  expect(note(words('b0u219cy0', '<status>failed</status>'))).toEqual(['taskEnded b0u219cy0 at 7']);
  // A monitor's event; an agent; words about a notification.
  expect(note(words('bd2l054fh', ''))).toEqual([]);
  expect(note(words('b0u219cy0', '<status>running</status>'))).toEqual([]);
  expect(note(words('a9e09c2ad6baabdf8', '<status>completed</status>'))).toEqual([]);
  expect(note(`See: ${words('b0u219cy0', '<status>completed</status>')}`)).toEqual([]);
});

test('the end, by who asked for it or after it', () => {
  expect(result({ message: 'Successfully stopped task: b1 (sleep 9)', task_id: 'b1' })).toEqual([
    'taskEnded b1 at 7',
  ]);
  expect(result({ message: 'Successfully killed shell: bash_1 (x)', shell_id: 'bash_1' })).toEqual([
    'taskEnded bash_1 at 7',
  ]);
  expect(result({ shellId: 'bash_1', status: 'running', exitCode: null })).toEqual([]);
  expect(result({ shellId: 'bash_1', status: 'completed', exitCode: 0 })).toEqual(['taskEnded bash_1 at 7']);
  const task = (status: string): object => ({ task: { task_id: 'b1', task_type: 'local_bash', status } });
  expect(result({ retrieval_status: 'timeout', ...task('running') })).toEqual([]);
  expect(result({ retrieval_status: 'success', ...task('completed') })).toEqual(['taskEnded b1 at 7']);
});
