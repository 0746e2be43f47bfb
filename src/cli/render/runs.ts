// The tree of agent runs.
import type { RunNode } from '../../index.ts';
import { many, outputTokens, promptTokens, short } from './numbers.ts';
import { between } from './time.ts';
import type { View } from './view.ts';
import { fit } from './width.ts';

/** What a run is called: its type and what it was to do. */
const runName = ({ type, description }: RunNode): string => (description ? `${type}: ${description}` : type);

/** Finds the name of any run of a session. */
export function runNames(runs: readonly RunNode[]): (run: string) => string | undefined {
  const names = new Map<string, string>();
  const visit = (nodes: readonly RunNode[]): void => {
    for (const node of nodes) {
      names.set(node.id, runName(node));
      visit(node.children);
    }
  };
  visit(runs);
  return (run) => names.get(run);
}

export function runTree(
  runs: readonly RunNode[],
  outputIsLowerBound: boolean,
  view: View,
  indent = '',
): string[] {
  return runs.flatMap((run, i) => {
    const isRoot = indent === '' && runs.length === 1 && run.operation === null;
    const last = i === runs.length - 1;
    const branch = isRoot ? '' : `${indent}${last ? '└ ' : '├ '}`;
    const below = isRoot ? '' : `${indent}${last ? '  ' : '│ '}`;
    const facts = [
      many(run.operations, 'operation'),
      `${short(promptTokens(run.tokens))} in, ${outputTokens(run.tokens, outputIsLowerBound)} out`,
      between(run.startedAt, run.endedAt) ?? '',
      run.status === null || run.status === 'completed' ? '' : run.status,
      run.id.length > 24 ? '' : run.id,
    ].filter(Boolean);
    const tail = `  ${facts.join(' · ')}`;
    const room = Math.max(16, view.width - branch.length - tail.length);
    return [
      // The main agent's description is the session's title.
      `${branch}${fit(isRoot ? run.type : runName(run), room)}${view.colour.dim(tail)}`,
      ...runTree(run.children, outputIsLowerBound, view, isRoot ? ' ' : below),
    ];
  });
}
