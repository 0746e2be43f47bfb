// The order in which a session is read: turns of the main agent, and every subagent inside the operation that started
// it, instead of the interleaving in which they ran.
import { turnKinds } from '../../model/index.ts';
import type { RunNode, SessionDetail, Timeline, TimelineEntry } from '../types.ts';

/** A line of the timeline; an operation that started a subagent carries it. */
interface EntryItem {
  readonly entry: TimelineEntry;
  readonly run?: RunItem;
}

export interface RunItem {
  readonly id: string;
  /** What is known of the run beyond its entries. */
  readonly node: RunNode | undefined;
  readonly items: readonly Item[];
}

/** A subagent stands on its own where no operation is known to have started it. */
export type Item = EntryItem | { readonly entry?: undefined; readonly run: RunItem };

export interface OutlineTurn {
  /** From 1; 0 for what stands before the first prompt. */
  readonly number: number;
  readonly prompt: TimelineEntry | undefined;
  readonly items: readonly Item[];
}

/** Deeper subagents are shown beside the others: nothing legible is nested further. */
const maxDepth = 6;

const beginsTurn = (entry: TimelineEntry): boolean => (turnKinds as readonly string[]).includes(entry.kind);

export function outlineOf(detail: SessionDetail, timeline: Timeline): OutlineTurn[] {
  const nodes = nodesOf(detail.runs);
  const operations = new Set(timeline.entries.flatMap((entry) => (entry.operation ? [entry.key] : [])));
  const byRun = Map.groupBy(timeline.entries, (entry) => (entry.depth === 0 ? '' : entry.run));
  const starters = startersOf(timeline.entries, byRun, nodes);

  const runItem = (id: string, depth: number): RunItem => ({
    id,
    node: nodes.get(id),
    items: (byRun.get(id) ?? [])
      .filter((entry) => !repeatsOperation(entry, operations))
      .map((entry) => entryItem(entry, depth + 1)),
  });
  const entryItem = (entry: TimelineEntry, depth: number): EntryItem => {
    const run = starters.byOperation.get(entry.key);
    return run === undefined || depth >= maxDepth ? { entry } : { entry, run: runItem(run, depth) };
  };

  const turns: { number: number; prompt: TimelineEntry | undefined; items: Item[] }[] = [
    { number: 0, prompt: undefined, items: [] },
  ];
  for (const entry of timeline.entries) {
    if (repeatsOperation(entry, operations)) continue;
    if (entry.depth === 0 && beginsTurn(entry))
      turns.push({ number: turns.length, prompt: entry, items: [] });
    else if (entry.depth === 0) turns.at(-1)?.items.push(entryItem(entry, 0));
    else if (starters.alone.delete(entry.run)) turns.at(-1)?.items.push({ run: runItem(entry.run, 0) });
  }
  return turns.filter((turn) => turn.prompt !== undefined || turn.items.length > 0);
}

/** The loading of a skill stands in the timeline beside the call that did it; a reader needs one of them. */
const repeatsOperation = (entry: TimelineEntry, operations: ReadonlySet<string>): boolean =>
  entry.kind === 'skill' && operations.has(entry.key.replace(/\|skill$/, ''));

/** Which operation each run stands in, and the runs that stand alone. Every run is in exactly one of the two. */
function startersOf(
  entries: readonly TimelineEntry[],
  byRun: ReadonlyMap<string, unknown>,
  nodes: ReadonlyMap<string, RunNode>,
): { byOperation: Map<string, string>; alone: Set<string> } {
  const named = new Map(
    [...nodes.values()].flatMap((node) =>
      node.operation === null ? [] : [[node.operation, node.id] as const],
    ),
  );
  const byOperation = new Map<string, string>();
  const starter = new Map<string, TimelineEntry>();
  for (const entry of entries) {
    const run = entry.operation && (entry.operation.spawned ?? named.get(entry.operation.id));
    if (run === undefined || run === '' || !byRun.has(run) || starter.has(run)) continue;
    starter.set(run, entry);
    byOperation.set(entry.key, run);
  }
  const alone = new Set<string>();
  for (const run of byRun.keys()) {
    if (run === '' || reachesMain(run, starter)) continue;
    alone.add(run);
    const entry = starter.get(run);
    if (entry) byOperation.delete(entry.key);
    starter.delete(run);
  }
  return { byOperation, alone };
}

/** Whether the operations that started a run and its parents lead up to the main agent, in as many steps as are shown. */
function reachesMain(run: string, starter: ReadonlyMap<string, TimelineEntry>): boolean {
  let at = starter.get(run);
  for (let steps = 0; at && steps < maxDepth; steps++) {
    if (at.depth === 0) return true;
    at = starter.get(at.run);
  }
  return false;
}

function nodesOf(roots: readonly RunNode[]): Map<string, RunNode> {
  const nodes = new Map<string, RunNode>();
  const waiting = [...roots];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    nodes.set(node.id, node);
    waiting.push(...node.children);
  }
  return nodes;
}
