// What an agent was given, or could see, at a moment, as a record.
import { snapshotTypes } from '../../model/index.ts';
import type { SnapshotType } from '../../model/index.ts';
import type { NewRecord } from '../recorder.ts';
import { allowed } from './allowed.ts';

export interface SnapshotContent {
  readonly content: Readonly<Record<string, unknown>>;
  /** Files that it lists or holds. */
  readonly fileCount: number;
}

/** Tokens are estimated: the agents' tokenizers differ, and none is to be had offline. */
const charsPerToken = 4;

/** Throws BAD_INPUT for a type that is not allowed. */
export function snapshotRecord(
  session: string,
  type: SnapshotType,
  { content, fileCount }: SnapshotContent,
): NewRecord {
  const subject = allowed(snapshotTypes, type, 'the snapshot type');
  const tokenEstimate = Math.ceil(JSON.stringify(content).length / charsPerToken);
  return {
    kind: 'context',
    session,
    subject,
    text: `${subject} context: ${fileCount} files, about ${tokenEstimate} tokens`,
    data: { content, fileCount, tokenEstimate },
  };
}
