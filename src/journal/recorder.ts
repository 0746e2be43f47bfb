// Records something: redacted, then appended to the journal's file of the day in one write. When that returns it is kept, and
// the next look takes it into the index.
import { randomUUID } from 'node:crypto';
import { redactorOptions } from '../ingest/index.ts';
import { ClewError, explainNotWritable } from '../model/index.ts';
import type { Config, Context, Recorded, RecordKind, SessionFact } from '../model/index.ts';
import { createRedactor } from '../redact/index.ts';
import { appendRecords } from '../stream/index.ts';

/** What is recorded: a record, of which all but the kind may be left out, and what it says of its session. */
export type NewRecord = { readonly kind: RecordKind } & {
  readonly [name in keyof Omit<Recorded, 'kind'>]?: Recorded[name] | undefined;
} & {
  /** Chosen by the caller where something is to be recorded once only. */
  readonly id?: string | undefined;
  /** Milliseconds; now, where left out. */
  readonly at?: number | undefined;
  /** Values of the session, as `SessionFact` names them. */
  readonly values?: Readonly<Partial<Record<SessionFact['name'], string>>> | undefined;
};

export interface Recorder {
  /** Keeps one; gives its id. Throws NO_SPACE, NOT_WRITABLE. */
  record(one: NewRecord): string;
  /** Keeps many with one write; gives their ids. */
  recordAll(many: readonly NewRecord[]): string[];
}

/** The recorder of this installation. Nothing is read or written before the first record. */
export function createRecorder(context: Context, config: Config): Recorder {
  let redactor: ReturnType<typeof createRedactor> | undefined;
  function recordAll(many: readonly NewRecord[]): string[] {
    if (many.length === 0) return [];
    redactor ??= createRedactor(redactorOptions(context, config));
    const now = context.now();
    const ids = many.map((one) => one.id ?? randomUUID());
    const lines = many.map((one, i) => {
      const { id: _, at, ...record } = one;
      return `${JSON.stringify({ id: ids[i], time: at ?? now, record })}\n`;
    });
    const { bytes } = redactor.redact(Buffer.from(lines.join('')));
    try {
      appendRecords(context.clewHome, bytes, now);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC')
        throw explainNotWritable(error, context.clewHome);
      throw new ClewError(
        'NO_SPACE',
        `nothing was recorded: the disk of ${context.clewHome} is full`,
        'make room, and record it again',
        { cause: error },
      );
    }
    return ids;
  }
  return { record: (one) => recordAll([one])[0] ?? '', recordAll };
}
