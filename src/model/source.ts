// A source is a place where an agent leaves records. These types say what it is, never how far it was read.
import { createHash } from 'node:crypto';
import type { RecordOwner } from './agent.ts';

/** `records`: what people and agents record on purpose, a day a file. `document`: no file of lines, but a JSON document that is written anew as a whole, or rows of a database: its adapter makes
 * lines of it. `own`: what clew itself recorded. `transcript`: the session's own file. `subagent`: a subagent's file. `meta`: a small JSON document that is
 * replaced as a whole (read anew whenever it changes). `hooks`: the spool of hook calls. */
export type SourceKind = 'transcript' | 'subagent' | 'meta' | 'hooks' | 'own' | 'records' | 'document';

/** How a source looks from outside: as long as it looks the same, it is not read again. */
export interface Stamp {
  readonly size: number;
  /** Milliseconds. */
  readonly mtime: number;
  readonly ino: number;
}

export interface SourceFile {
  readonly agent: RecordOwner;
  readonly kind: SourceKind;
  readonly machine: string;
  readonly path: string;
  /** The session that the file's name tells, where it does. */
  readonly session: string | undefined;
  /** The subagent that the file's name tells, where it does. */
  readonly run: string | undefined;
  /** Of a source that is more or less than the file at its path, such as a session in a database; `size` is about its bytes. */
  readonly stamp?: Stamp;
}

/** The identity of a source, and the name of its stream: 20 hex digits that depend on agent, machine and path only. */
export function sourceId(source: Pick<SourceFile, 'agent' | 'machine' | 'path'>): string {
  return createHash('sha256')
    .update(`${source.agent}\0${source.machine}\0${source.path}`)
    .digest('hex')
    .slice(0, 20);
}
