// What the readers of the record types are given, and how they say that they did not understand.
import type { Emit, PlacedRecord, SourceFile } from '../../model/index.ts';
import type { ReaderState } from './state.ts';

export interface Reading {
  readonly record: PlacedRecord;
  readonly source: SourceFile;
  readonly state: ReaderState;
  readonly emit: Emit;
}

/** Notes something that was kept but not understood. */
export function oddity({ record, emit }: Reading, kind: 'unknown-type' | 'wrong-shape', what: string): void {
  emit({ fact: 'oddity', kind, what, pos: record.pos, line: record.line });
}
