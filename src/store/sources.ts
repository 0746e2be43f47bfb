// How far each source was read. Written in the transaction that holds what was read.
import { sourceId } from '../model/index.ts';
import type { SourceFile } from '../model/index.ts';
import type { Db } from './open.ts';

export interface SourcePosition {
  readonly generation: number;
  /** Bytes of the source taken in. */
  readonly offset: number;
  readonly ino: number;
  readonly size: number;
  readonly mtime: number;
  readonly head: string;
  readonly tail: string;
  /** Committed bytes of the stream's file; of its content when unpacked; lines in it. */
  readonly length: number;
  readonly content: number;
  readonly lines: number;
  /** Hash of the stream's last frame. */
  readonly hash: string;
  /** State of the source's reader, JSON. */
  readonly state: string | null;
}

export interface SourceRow extends SourceFile, SourcePosition {
  readonly id: string;
}

export interface FrameRow {
  readonly at: number;
  readonly start: number;
}

/** What a source's file looked like when it was last read. */
export type SourceLook = Pick<SourceRow, 'ino' | 'size' | 'mtime' | 'offset'>;

export interface Sources {
  /** All looks, by agent NUL machine NUL path. */
  looks(): Map<string, SourceLook>;
  look(id: string): SourceLook | undefined;
  get(id: string): SourceRow | undefined;
  all(): SourceRow[];
  save(
    source: SourceFile,
    position: SourcePosition,
    frames: readonly FrameRow[],
    redacted: Readonly<Record<string, number>>,
  ): void;
  /** Where the frame begins that holds a content offset. */
  frameOf(id: string, pos: number): FrameRow | undefined;
}

interface Stored extends Omit<SourceRow, 'session' | 'run'> {
  session: string | null;
  run: string | null;
}

const fromStored = (row: Stored): SourceRow => ({
  ...row,
  session: row.session ?? undefined,
  run: row.run ?? undefined,
});

export function sourcesOf(db: Db): Sources {
  const get = db.prepare<[string], Stored>('SELECT * FROM source WHERE id = ?');
  const look = db.prepare<[string], SourceLook>('SELECT ino, size, mtime, offset FROM source WHERE id = ?');
  const all = db.prepare<[], Stored>('SELECT * FROM source ORDER BY id');
  const save = db.prepare(
    `INSERT OR REPLACE INTO source VALUES (${Array.from({ length: 19 }, () => '?').join(',')})`,
  );
  const addFrame = db.prepare('INSERT OR REPLACE INTO frame(source, at, start) VALUES (?,?,?)');
  const addRedaction = db.prepare(
    'INSERT INTO redaction(source, rule, count) VALUES (?,?,?) ON CONFLICT DO UPDATE SET count = count + excluded.count',
  );
  const frameOf = db.prepare<[string, number], FrameRow>(
    'SELECT at, start FROM frame WHERE source = ? AND at <= ? ORDER BY at DESC LIMIT 1',
  );
  const looks = db
    .prepare<[], [string, number, number, number, number]>(
      'SELECT agent || char(0) || machine || char(0) || path, ino, size, mtime, offset FROM source',
    )
    .raw();
  return {
    looks: () =>
      new Map(looks.all().map(([key, ino, size, mtime, offset]) => [key, { ino, size, mtime, offset }])),
    look: (id) => look.get(id),
    get: (id) => {
      const row = get.get(id);
      return row && fromStored(row);
    },
    all: () => all.all().map(fromStored),
    save(source, p, frames, redacted) {
      const id = sourceId(source);
      save.run(
        id,
        source.agent,
        source.kind,
        source.machine,
        source.path,
        source.session ?? null,
        source.run ?? null,
        p.generation,
        p.offset,
        p.ino,
        p.size,
        p.mtime,
        p.head,
        p.tail,
        p.length,
        p.content,
        p.lines,
        p.hash,
        p.state,
      );
      for (const frame of frames) addFrame.run(id, frame.at, frame.start);
      for (const [rule, count] of Object.entries(redacted)) addRedaction.run(id, rule, count);
    },
    frameOf: (id, pos) => frameOf.get(id, pos),
  };
}
