// Results of tool calls: what became of the call, what it changed, what it started, and what its output tells.
import type { Place, ResultFact } from '../../model/index.ts';
import { readChanges } from './changes.ts';
import { readCommits } from './commits.ts';
import { contentText, list, number, object, objects, text } from './shapes.ts';
import type { Json } from './shapes.ts';
import { closeCall } from './state.ts';
import type { OpenCall } from './state.ts';
import type { Reading } from './transcript.ts';

const maxError = 8192;

const denials =
  /^(?:The user doesn't want to|Permission (?:to|for)\b.*\bdenied|Claude requested permissions? to|.{0,400}(?:haven't granted|needs approval|requires approval|was blocked|has been denied|hook (?:error|blocked)))/s;
const interruptions = /^\[Request interrupted|^(?:<tool_use_error>)?(?:Error: )?.{0,40}\b(?:interrupted|aborted) by (?:the )?user/is;

/** `isOnly`: the record holds no other result, so its `toolUseResult` is this one's. */
export function readResult(reading: Reading, r: Json, block: Json, place: Place, isOnly: boolean): void {
  const { state, emit } = reading;
  const id = text(block['tool_use_id']);
  if (id === undefined) return;
  const call = closeCall(state, id);
  const told = isOnly ? object(r['toolUseResult']) : undefined;
  const words = contentText(block['content']);
  const isError = block['is_error'] === true;
  const status = statusOf(r, words, isError, told);
  const error = isError ? words.replaceAll(/<\/?tool_use_error>/g, '').slice(0, maxError) : undefined;
  emit({
    fact: 'result', key: id, place, status, isError, error,
    durationMs: durationOf(told),
    spawned: text(told?.['agentId']),
    detail: detailOf(words, told),
  });
  const permission = object(r['permissionDecision']);
  if (permission) {
    const decision = permission['decision'] === 'reject' ? 'denied' : 'approved';
    emit({ fact: 'approval', key: id, place, decision, by: text(permission['source']) ?? 'unknown' });
  } else if (status === 'blocked') {
    const by = r['toolDenialKind'] === 'user-rejected' || words.startsWith('The user') ? 'user' : 'policy';
    emit({ fact: 'approval', key: id, place, decision: 'denied', by });
  }
  readDecision(reading, id, call, status, told, words, place);
  readRun(reading, id, call, told, place);
  if (told && !isError) readChanges(id, call, told, place, emit);
  if (!isError && (call?.name === 'Bash' || told?.['stdout'] !== undefined))
    readCommits(id, text(call?.input?.['command']) ?? '', text(told?.['stdout']) ?? words, place, emit);
}

function statusOf(r: Json, words: string, isError: boolean, told: Json | undefined): ResultFact['status'] {
  if (!isError) return told?.['interrupted'] === true ? 'interrupted' : 'success';
  if (interruptions.test(words) || told?.['interrupted'] === true) return 'interrupted';
  if (r['toolDenialKind'] !== undefined || object(r['permissionDecision'])?.['decision'] === 'reject') return 'blocked';
  return denials.test(words.replace(/^<tool_use_error>/, '')) ? 'blocked' : 'failed';
}

function durationOf(told: Json | undefined): number | undefined {
  const seconds = number(told?.['durationSeconds']);
  return number(told?.['totalDurationMs']) ?? number(told?.['durationMs']) ?? (seconds === undefined ? undefined : seconds * 1000);
}

function detailOf(words: string, told: Json | undefined): unknown {
  const exit = /^(?:Error: )?Exit code (\d+)/.exec(words)?.[1];
  const kept = text(told?.['persistedOutputPath']);
  const task = text(told?.['backgroundTaskId']);
  return {
    ...(exit !== undefined && { exitCode: Number(exit) }),
    outputChars: words.length,
    ...(kept !== undefined && { outputFile: kept, outputBytes: number(told?.['persistedOutputSize']) }),
    ...(task !== undefined && { backgroundTask: task }),
  };
}

/** Plans that were approved or not, questions that were answered. */
function readDecision({ emit }: Reading, id: string, call: OpenCall | undefined, status: ResultFact['status'], told: Json | undefined, words: string, place: Place): void {
  if (call?.name === 'ExitPlanMode') {
    const selected = status === 'success' ? 'approved' : 'rejected';
    emit({ fact: 'entry', key: `${id}|decision`, kind: 'decision', place, text: `plan ${selected}`, detail: { question: 'plan', selected } });
    return;
  }
  if (call?.name !== 'AskUserQuestion') return;
  const answers = object(told?.['answers']);
  const questions = objects(told?.['questions'] ?? call.input?.['questions']);
  const asked = questions.map((q) => ({
    question: text(q['question']) ?? '',
    options: list(q['options']).map((option) => text(object(option)?.['label']) ?? text(option) ?? ''),
    selected: text(answers?.[text(q['question']) ?? '']) ?? null,
  }));
  const lines = asked.map((q) => `${q.question} → ${q.selected ?? '(no answer)'}`);
  emit({ fact: 'entry', key: `${id}|decision`, kind: 'decision', place, text: lines.join('\n') || words, detail: { asked } });
}

/** A subagent that this call started. */
function readRun({ emit }: Reading, id: string, call: OpenCall | undefined, told: Json | undefined, place: Place): void {
  const run = text(told?.['agentId']);
  if (run === undefined) return;
  const status = text(told?.['status']);
  emit({
    fact: 'run', run, place, operation: id,
    type: text(told?.['agentType']) ?? text(call?.input?.['subagent_type']),
    description: text(call?.input?.['description']) ?? text(told?.['description']),
    model: text(told?.['resolvedModel']),
    ...(status !== undefined && status !== 'async_launched' && { status, endedAt: place.at }),
  });
}
