// A session as steps: each entry of its timeline, with its number, its turn, the subagent that it belongs to, and the
// checkpoint that holds the files as the step left them.
import type { CheckpointRow, SessionDetail, TimelineEntry } from '../../index.ts';
import { runNames } from '../render/runs.ts';

export interface Step {
  /** From 1. */
  readonly number: number;
  /** Number of the turn, from 1; 0 before the first. */
  readonly turn: number;
  readonly beginsTurn: boolean;
  /** What the subagent is called; null for the main agent. */
  readonly subagent: string | null;
  readonly checkpoint: string | null;
  readonly entry: TimelineEntry;
}

/** `checkpoints`: those of the session, in any order. */
export function stepsOf(
  entries: readonly TimelineEntry[],
  runs: SessionDetail['runs'],
  checkpoints: readonly CheckpointRow[],
): Step[] {
  const nameOf = runNames(runs);
  const stateAt = statesOf(checkpoints);
  const next = nextTimes(entries);
  let turn = 0;
  return entries.map((entry, i) => {
    const beginsTurn = entry.depth === 0 && entry.turn === entry.key;
    if (beginsTurn) turn++;
    return {
      number: i + 1,
      turn,
      beginsTurn,
      subagent: entry.depth === 0 ? null : (nameOf(entry.run) ?? 'subagent'),
      checkpoint: stateAt(entry, next[i] ?? null),
      entry,
    };
  });
}

/** When the next entry whose time is known was. */
function nextTimes(entries: readonly TimelineEntry[]): (string | null)[] {
  const times: (string | null)[] = [];
  let next: string | null = null;
  for (const entry of entries.toReversed()) {
    times.push(next);
    next = entry.at ?? next;
  }
  return times.toReversed();
}

const afterCall = new Set(['PostToolUse', 'PostToolUseFailure', 'AfterTool']);

/**
 * The files as a step left them: for an operation what was taken after it, as other calls may have begun meanwhile;
 * otherwise the last that was taken before the next step, as a prompt's own is taken a moment after the prompt.
 */
function statesOf(
  checkpoints: readonly CheckpointRow[],
): (entry: TimelineEntry, next: string | null) => string | null {
  const held = checkpoints
    .flatMap(({ id, at, tree, trigger, operation }) =>
      at === null || tree === null ? [] : [{ id, at: Date.parse(at), trigger, operation }],
    )
    .toSorted((a, b) => a.at - b.at);
  const after = new Map(
    held.flatMap((one) =>
      one.operation !== null && afterCall.has(one.trigger) ? [[one.operation, one.id] as const] : [],
    ),
  );
  // Steps are asked for in the order of time, so one walk over the checkpoints serves all.
  let known = 0;
  let last: string | null = null;
  return (entry, next) => {
    const own = entry.at === null ? 0 : Date.parse(entry.at);
    const end = next === null ? Infinity : Date.parse(next);
    for (let one = held[known]; one && (one.at <= own || one.at < end); one = held[++known]) last = one.id;
    return after.get(entry.operation?.id ?? '') ?? last;
  };
}

/** The step, from 0, that holds all the words, looked for from the given one on and around the end; -1 for none. */
export function findStep(steps: readonly Step[], words: string, from: number): number {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return -1;
  for (let n = 0; n < steps.length; n++) {
    const at = (from + n) % steps.length;
    const step = steps[at];
    if (step && wanted.every((word) => textOf(step).includes(word))) return at;
  }
  return -1;
}

function textOf({ entry: { text, operation }, subagent }: Step): string {
  const parts = [
    text,
    subagent,
    operation?.name,
    operation?.description,
    operation?.error,
    ...(operation?.changes.flatMap((change) => [change.path, change.diff]) ?? []),
  ];
  return parts.filter(Boolean).join('\n').toLowerCase();
}
