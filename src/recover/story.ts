// What the sections of a handoff are written from: the conversation, sorted into what the user said, what the main agent
// said and did, and what is left of it.
import type { OperationRow, SessionDetail, TimelineEntry } from '../query/index.ts';

export interface Story {
  readonly detail: SessionDetail;
  /** All of the conversation, subagents included. */
  readonly entries: readonly TimelineEntry[];
  /** The main agent's part. */
  readonly main: readonly TimelineEntry[];
  /** What the user asked for, in order. */
  readonly instructions: readonly TimelineEntry[];
  readonly operations: readonly OperationEntry[];
  /** Operations of the last turn that have no result. */
  readonly pending: readonly OperationEntry[];
  /** Shortens the id of an operation, turn or session. */
  readonly short: (id: string) => string;
  /** How many characters the whole handoff may have. */
  readonly chars: number;
}

export type OperationEntry = TimelineEntry & { readonly operation: OperationRow };

/** Slash commands that steer the client and ask nothing of the agent. */
const housekeeping =
  /^\/(?:add-dir|agents|bug|clear|compact|config|context|cost|doctor|effort|exit|export|fast|help|hooks|ide|login|logout|mcp|memory|model|output-style|permissions|plugin|quit|reload-plugins|rename|resume|rewind|skills|stats|status|statusline|terminal-setup|theme|todos|upgrade|usage|vim)(?:\s|$)/;

export function storyOf(
  detail: SessionDetail,
  entries: readonly TimelineEntry[],
  short: (id: string) => string,
  chars: number,
): Story {
  const main = entries.filter((entry) => entry.depth === 0);
  const operations = entries.filter((entry): entry is OperationEntry => entry.operation !== undefined);
  const lastTurn = Date.parse(main.findLast((entry) => entry.kind === 'prompt')?.at ?? '') || 0;
  return {
    detail,
    entries,
    main,
    instructions: main.filter(isInstruction),
    operations,
    pending: operations.filter(
      ({ at, operation }) => operation.status === 'pending' && Date.parse(at ?? '') >= lastTurn,
    ),
    short,
    chars,
  };
}

function isInstruction({ kind, text, detail }: TimelineEntry): boolean {
  if (text.trim() === '') return false;
  if (kind === 'command') return !housekeeping.test(text.trim());
  // Typed while the agent was at work.
  if (kind === 'note') return (detail as { queued?: boolean } | null)?.queued === true;
  return kind === 'prompt' || kind === 'shell';
}

/** The id under which `clew show` finds an entry: operations and turns have one, anything else stands in its turn. */
export function shownId(entry: TimelineEntry): string {
  if (entry.operation) return entry.operation.id;
  const owner = entry.key.split('|')[0] ?? entry.key;
  const isTurn = ['prompt', 'command', 'shell', 'notification'].includes(entry.kind);
  return isTurn || owner.startsWith('toolu_') ? owner : (entry.turn ?? entry.session);
}
