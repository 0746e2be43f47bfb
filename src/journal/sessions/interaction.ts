// A step of a session that somebody records by hand.
import { interactionTypes } from '../../model/index.ts';
import type { InteractionType } from '../../model/index.ts';
import type { NewRecord } from '../recorder.ts';
import { allowed } from './allowed.ts';

export interface NewInteraction {
  readonly type: InteractionType;
  readonly content?: string | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
  readonly by?: string | undefined;
}

/** Throws BAD_INPUT for a type that is not allowed. */
export function interactionRecord(session: string, told: NewInteraction): NewRecord {
  return {
    kind: 'interaction',
    session,
    subject: allowed(interactionTypes, told.type, 'the interaction type'),
    text: told.content,
    data: told.metadata,
    by: told.by,
  };
}
