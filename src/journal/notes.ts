// Notes: what somebody wanted to be remembered.
import { ClewError } from '../model/index.ts';
import type { Db } from '../store/index.ts';
import type { NewRecord } from './recorder.ts';
import { recordsOf, where } from './records.ts';

export interface Note {
  readonly id: string;
  readonly at: string;
  readonly session: string | null;
  readonly by: string | null;
  readonly text: string;
}

/** Throws BAD_INPUT. */
export function noteRecord(text: string): NewRecord {
  if (text.trim() === '') throw new ClewError('BAD_INPUT', 'the note is empty', 'say something');
  return { kind: 'note', text };
}

/** The latest first. */
export function listNotes(db: Db, session?: string): Note[] {
  return recordsOf(db, ['note'], ...where('r.session', session))
    .map(({ id, at, by, text, session: of }) => ({
      id,
      at: new Date(at).toISOString(),
      session: of,
      by,
      text,
    }))
    .toReversed();
}
