// What went wrong and is perhaps not mended: the last error with what came after it, and tests whose last run failed.
import { sameCommand, useOf } from './commands.ts';
import type { OperationEntry, Story } from './story.ts';

export interface Trouble {
  readonly entry: OperationEntry;
  /** What was done next, as far as it changed or ran something. */
  readonly tried: readonly OperationEntry[];
  /** The same thing done later with success. */
  readonly mendedBy: OperationEntry | undefined;
}

const mostTried = 4;

/** The last error of the main agent; of a subagent where the main agent had none. */
export function lastError({ operations }: Story): Trouble | undefined {
  const isError = ({ operation }: OperationEntry): boolean => operation.error !== null;
  const entry =
    operations.findLast((one) => one.depth === 0 && isError(one)) ??
    operations.findLast((one) => isError(one));
  if (!entry) return undefined;
  const later = operations.slice(operations.indexOf(entry) + 1);
  return {
    entry,
    tried: later
      .filter(({ run, operation }) => run === entry.run && isAttempt(operation))
      .slice(0, mostTried),
    mendedBy: later.find(
      ({ operation }) =>
        operation.status === 'success' &&
        operation.name === entry.operation.name &&
        sameCommand(operation.target) === sameCommand(entry.operation.target),
    ),
  };
}

const isAttempt = ({ type, target }: OperationEntry['operation']): boolean =>
  type === 'write' || (type === 'execute' && useOf(target) !== 'look');

/** Test commands whose last run failed, the latest first. */
export function failingTests({ operations }: Story): OperationEntry[] {
  const last = new Map<string, OperationEntry>();
  for (const entry of operations) {
    const { type, target, status } = entry.operation;
    if (type === 'execute' && status !== 'pending' && useOf(target) === 'test')
      last.set(sameCommand(target), entry);
  }
  return [...last.values()].filter(({ operation }) => operation.status === 'failed').toReversed();
}
