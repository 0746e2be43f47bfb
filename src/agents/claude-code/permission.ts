// Whether a call was allowed, by whom, and what became of it. 2.1.329 tells it in fields of the result's record; before
// that the result's words and the permission mode are all there is. The words are the clients' own; see SOURCES.md,
// "Permissions".
import type { ApprovalFact, OperationStatus } from '../../model/index.ts';
import { object, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import { typeOf } from './tools.ts';

/** What became of a call: the result's record, the words of its block, its error mark, its `toolUseResult`. */
export interface Outcome {
  readonly record: Json;
  readonly words: string;
  readonly isError: boolean;
  readonly told: Json | undefined;
}

/**
 * Who said no: the user; a permission rule; the permission mode, also where it would have asked and nobody was there;
 * a hook; the classifier of auto mode. What a program prints begins otherwise.
 */
const denials: readonly (readonly [RegExp, string])[] = [
  [/^The user doesn't want to /, 'user'],
  [
    /^Permission to (?:use|read|edit|write)\b[\s\S]*\bdenied (?:because Claude Code is running in don't ask mode|in dontAsk mode|\(prompts unavailable\))/,
    'mode',
  ],
  [/^Permission to (?:use|read|edit|write)\b[\s\S]*\bdenied\b/, 'rule'],
  [/^File is in a directory that is denied by your permission settings/, 'rule'],
  [/^(?:Error: )?Agent type '[^'\n]*' has been denied by permission rule/, 'rule'],
  [/^Permission for this action (?:was|has been) denied\b/, 'classifier'],
  [/^Claude requested permissions? to /, 'mode'],
  [/^(?:Exit plan mode|Enter plan mode|Answer questions)\?$/, 'mode'],
  [
    /^(?:Pre|Post)ToolUse:[^\n]*\bhook error: |^Hook '[^\n]*' blocked this action|^\w+ operation blocked by hook/,
    'hook',
  ],
  [/^(?!Exit code |Error: )[^\n]{0,400}\b(?:requires?|needs) approval\b/, 'mode'],
  [/^(?:\w+ in|Output redirection to) '[^\n]*' was blocked\. For security, Claude Code may only /, 'mode'],
];

/** The user stopped a call that ran; what it had printed may stand before that. */
const interruptions =
  /^(?:Exit code \d+\n)?(?:[\s\S]*\n)?\[Request interrupted by user|^(?:Error: )?.{0,40}\b(?:interrupted|aborted) by (?:the )?user/i;

const bare = (words: string): string =>
  words.replace(/^<tool_use_error>/, '').replace(/<\/tool_use_error>$/, '');

export function denierByWords(words: string): string | undefined {
  return denials.find(([pattern]) => pattern.test(bare(words)))?.[1];
}

export function statusOf({ record, words, isError, told }: Outcome): OperationStatus {
  if (told?.['interrupted'] === true) return 'interrupted';
  if (!isError) return 'success';
  const decision = object(record['permissionDecision'])?.['decision'];
  const kind = record['toolDenialKind'];
  if (kind === 'interrupted' || kind === 'cancelled') return 'interrupted';
  // A call that the user stopped reads like one that was refused, but for a mark that the refused one has.
  if (kind === 'user-rejected' && decision === undefined)
    return record['toolDenialBeforeRun'] === true ? 'blocked' : 'interrupted';
  if (kind !== undefined || decision === 'reject') return 'blocked';
  if (interruptions.test(bare(words))) return 'interrupted';
  return decision === undefined && denierByWords(words) !== undefined ? 'blocked' : 'failed';
}

/** These ask the user something in every mode. */
const asking: ReadonlySet<string> = new Set(['AskUserQuestion', 'ExitPlanMode']);

/** Whether a permission mode lets a tool run without asking. */
export function allowedByMode(mode: string | undefined, tool: string): boolean {
  if (mode === 'acceptEdits') return typeOf(tool) === 'write';
  return mode === 'bypassPermissions' && !asking.has(tool);
}

/** `allowed`: by the permission mode, which counts where nothing else is told. */
export function approvalOf(
  status: OperationStatus,
  { record, words }: Outcome,
  allowed: boolean,
): Pick<ApprovalFact, 'decision' | 'by'> | undefined {
  const told = object(record['permissionDecision']);
  if (told?.['decision'] === 'accept')
    return { decision: 'approved', by: reasonIn(told) ?? personOr(text(told['source'])) };
  if (status !== 'blocked') {
    // What failed validation was not run.
    const ran = status === 'success' || (status === 'failed' && !words.startsWith('<tool_use_error>'));
    return ran && allowed && told === undefined ? { decision: 'approved', by: 'mode' } : undefined;
  }
  return {
    decision: 'denied',
    by: reasonIn(told) ?? denierByWords(words) ?? personOr(text(told?.['source'])),
  };
}

/** `source` is also `user_reject` where a rule said no to reading a file, so the reason comes first. */
function reasonIn(told: Json | undefined): string | undefined {
  const reason = text(told?.['reasonType']);
  if (reason === 'rule' || told?.['ruleSource'] !== undefined) return 'rule';
  return reason === 'mode' || reason === 'hook' || reason === 'classifier' ? reason : undefined;
}

const personOr = (source: string | undefined): string =>
  source?.startsWith('user') ? 'user' : (source ?? 'policy');
