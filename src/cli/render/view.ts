// What a renderer needs to know of the place where its lines will be shown. Renderers are pure: results in, lines out.
import type pc from 'picocolors';

export interface View {
  /** Columns. */
  readonly width: number;
  readonly colour: ReturnType<typeof pc.createColors>;
  /** The user's home folder, shown as `~`. */
  readonly home: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}
