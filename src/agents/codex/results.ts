// What became of calls. The output is told as the model saw it; what was shown to the user beside it (events of commands
// and patches) tells exit codes, durations and changes, and is joined by the call's id.
import { readChanges, readWrittenPatch } from './changes.ts';
import { number, object, objects, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import { readCommits } from '../shared/commits.ts';
import { textOf } from './parts.ts';
import { readAnswers } from './questions.ts';
import { closeCall } from './state.ts';
import type { OpenCall, Reading } from './state.ts';
import type { OperationStatus } from '../../model/index.ts';

const maxError = 8192;

export function readOutput(reading: Reading, item: Json): void {
  const { state, place, emit } = reading;
  const key = text(item['call_id']);
  if (key === undefined) return;
  const words = textOf(item['output'] ?? item['tools']);
  // The parent's call, as its subagent sees it.
  if (words.startsWith('You are the newly spawned agent.')) return;
  const call = closeCall(state, key);
  const { status, exitCode, body } = outcomeOf(words, call);
  const isError = exitCode !== undefined && exitCode !== 0;
  const said = body || (exitCode === undefined ? words : `exit code ${exitCode}`);
  const error = status === 'success' ? undefined : said.slice(0, maxError);
  const detail = { ...(exitCode !== undefined && { exitCode }), outputChars: body.length };
  emit({ fact: 'result', key, place, status, isError, error, spawned: spawnedBy(call, words), detail });
  if (status === 'blocked') {
    const by = denials.exec(words)?.[1] === undefined ? 'user' : 'mode';
    emit({ fact: 'approval', key, place, decision: 'denied', by });
  } else if (state.policy === 'never' && (status === 'success' || exitCode !== undefined))
    emit({ fact: 'approval', key, place, decision: 'approved', by: 'mode' });
  if (status !== 'success') return;
  // In a copied head events are missing; the source tells of them.
  if (call?.patch !== undefined && !call.isTold && !state.head && /^Success\. Updated/m.test(body))
    readWrittenPatch(reading, key, call.patch);
  if (typeof call?.input === 'string') readCommits(key, call.input, body, undefined, place, emit);
  else if (call?.name === 'update_plan') readPlan(reading, key, call.input);
  else if (call?.name === 'request_user_input') readAnswers(reading, key, call.input, words);
}

interface Outcome {
  readonly status: OperationStatus;
  readonly exitCode: number | undefined;
  readonly body: string;
}

/** How the clients say that a call failed; SOURCES.md, "Results". What a program prints comes behind `Output:`. */
const failures =
  /^(?:apply_patch verification failed|unsupported (?:call|custom tool call)|failed to parse|collab \w+ failed|\w+ failed\b|Script failed|execution error|exec_command failed|err(?:or)?:|Full-history forked agents)/i;
const denials = /^(?:exec command |patch )?rejected by user( approval settings)?/;
const interruptions = /^(?:aborted\b|(?:Wall time: [\d.]+ seconds\n)?aborted by user)/;

function outcomeOf(words: string, call: OpenCall | undefined): Outcome {
  const told = jsonOf(words);
  const meta = object(told?.['metadata']);
  if (told && meta) {
    const exitCode = number(meta['exit_code']);
    return { status: statusOf(exitCode), exitCode, body: text(told['output']) ?? '' };
  }
  if (denials.test(words)) return { status: 'blocked', exitCode: undefined, body: words };
  if (interruptions.test(words)) return { status: 'interrupted', exitCode: undefined, body: words };
  const at = words.search(/^Output:\n/m);
  const head = at < 0 ? words.slice(0, 2000) : words.slice(0, at);
  const body = at < 0 ? words : words.slice(at + 'Output:\n'.length);
  const isShell = at >= 0 || call?.input !== undefined || call?.name === 'apply_patch';
  const code = isShell ? /^(?:Process exited with code|Exit code:) (-?\d+)$/m.exec(head)?.[1] : undefined;
  const exitCode = code === undefined ? undefined : Number(code);
  if (exitCode === undefined && failures.test(words)) return { status: 'failed', exitCode, body };
  return { status: statusOf(exitCode), exitCode, body };
}

const statusOf = (exitCode: number | undefined): OperationStatus =>
  exitCode === undefined || exitCode === 0 ? 'success' : 'failed';

function jsonOf(words: string): Json | undefined {
  if (!words.startsWith('{')) return undefined;
  try {
    return object(JSON.parse(words));
  } catch {
    return undefined; // cut short
  }
}

function spawnedBy(call: OpenCall | undefined, words: string): string | undefined {
  return call?.name === 'spawn_agent' ? text(jsonOf(words)?.['agent_id']) : undefined;
}

function readPlan({ place, emit }: Reading, key: string, input: unknown): void {
  const items = objects(input);
  const words = items.map((item) => `${String(item['status'])}: ${String(item['content'])}`).join('\n');
  emit({ fact: 'entry', key: `${key}|todo`, kind: 'todo', place, text: words, detail: { items } });
}

/**
 * A command that has ended, as it was shown: 0.118 to 0.128 by an event, from 0.169 on as an item. It is an error of the
 * call whose output says so: that of a command in the background may be a later call that asked for it.
 */
export function readCommand({ place, emit }: Reading, told: Json, key: string | undefined): void {
  const exitCode = number(told['exit_code']);
  if (key === undefined) return;
  const status = statusOf(told['status'] === 'failed' && exitCode === undefined ? 1 : exitCode);
  emit({
    fact: 'result',
    key,
    place,
    status,
    isError: false,
    durationMs: durationOf(told['duration']),
    detail: exitCode === undefined ? undefined : { exitCode },
  });
}

export function readPatch(reading: Reading, told: Json, key: string | undefined): void {
  const { state, place, emit } = reading;
  if (key === undefined) return;
  const failed = told['success'] === false || told['status'] === 'failed';
  // A script's patches have ids of their own, and no calls: they are the script's.
  const nested = key.startsWith('exec-');
  const operation = nested ? state.script : key;
  if (operation === undefined) return;
  if (failed || !nested)
    emit({
      fact: 'result',
      key: operation,
      place,
      status: failed ? 'failed' : 'success',
      isError: failed,
      error: failed ? (text(told['stderr']) ?? '').slice(0, maxError) || undefined : undefined,
    });
  const call = state.calls[operation];
  if (call) state.calls[operation] = { ...call, isTold: true };
  if (!failed) readChanges(reading, operation, object(told['changes']) ?? {}, nested);
}

/** `{secs, nanos}`. */
export function durationOf(duration: unknown): number | undefined {
  const seconds = number(object(duration)?.['secs']);
  return seconds === undefined
    ? undefined
    : Math.max(0, seconds * 1000 + (number(object(duration)?.['nanos']) ?? 0) / 1e6);
}
