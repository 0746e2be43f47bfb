// What is known of one file, under all its names, and what comes of following it.
import type { Edit } from './edits.ts';
import type { Changed, Commit } from './graph.ts';
import type { Known } from './pool.ts';
import type { Effect, Step } from './steps.ts';
import type { Text } from './text.ts';
import type { Windows } from './windows.ts';

export interface FileHistory {
  /** Of all working trees, in order of time. */
  readonly steps: readonly Step[];
  /** The content that the file had on the disk when all this began, by working tree and path. */
  readonly initial: ReadonlyMap<string, string>;
  /** What each did to the file, by checkpoint. */
  readonly effects: ReadonlyMap<string, readonly Effect[]>;
  /** What edit tools did to it that no checkpoint has seen. */
  readonly edits: readonly Edit[];
  /** All commits; a parent before its children. */
  readonly commits: ReadonlyMap<string, Commit>;
  /** Those that changed the file, and how. */
  readonly changes: ReadonlyMap<string, readonly Changed[]>;
  readonly windows: Windows;
  /** A content by its id; undefined where it is gone, or no text. */
  readonly textOf: (oid: string) => Text | undefined;
}

/** The file as a commit left it: who wrote each line, and which lines it changed. */
export interface Attributed {
  readonly path: string;
  readonly claims: Int32Array;
  readonly changed: ReadonlySet<number>;
  readonly text: Text;
}

export interface Followed {
  /** By commit. */
  readonly commits: ReadonlyMap<string, readonly Attributed[]>;
  /** The file as it lies on the disk, by working tree and path. */
  readonly disk: ReadonlyMap<string, Known>;
}

export const diskKey = (root: string, path: string): string => `${root}\0${path}`;
