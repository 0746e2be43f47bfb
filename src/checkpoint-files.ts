// The files of a checkpoint as the library offers them: which there were, which of them the session had changed by then,
// and what was in one.
import path from 'node:path';
import { ClewError } from './model/index.ts';
import type { Context } from './model/index.ts';
import { listCheckpoints } from './query/index.ts';
import type { Db } from './store/index.ts';
import { isBinary, isRepository, keptTrees, objectsOf, treeFiles } from './workspace/index.ts';
import { keptCheckpoint } from './kept-checkpoint.ts';
import type { KeptCheckpoint } from './kept-checkpoint.ts';

export interface CheckpointFile {
  /** Below the checkpoint's folder. */
  readonly path: string;
  /** Null for one that was deleted by then, as is `size`. */
  readonly type: 'file' | 'executable' | 'link' | null;
  /** Bytes. */
  readonly size: number | null;
  /** What had become of it since the session's first checkpoint, whoever did it; null for nothing. */
  readonly change: 'create' | 'update' | 'delete' | null;
}

export interface CheckpointFiles {
  readonly checkpoint: string;
  readonly root: string;
  /** The session's first checkpoint in this folder whose files are kept, with which `change` compares. */
  readonly since: string | null;
  /** By path, those that were deleted among them. */
  readonly files: readonly CheckpointFile[];
}

export interface FileContent {
  readonly checkpoint: string;
  readonly root: string;
  readonly path: string;
  readonly type: 'file' | 'executable' | 'link';
  readonly size: number;
  /** Of a link, where it leads. Null where it is not shown: see `why`. */
  readonly text: string | null;
  readonly why: 'binary' | 'large' | null;
}

export interface CheckpointLooks {
  /** All files of a checkpoint. Throws NO_CHECKPOINT where they are not kept. */
  checkpointFiles(checkpoint: string): CheckpointFiles;
  /** What was in a file: `file` as the list has it, or absolute. Throws NO_CHECKPOINT, and NOT_FOUND. */
  checkpointFile(checkpoint: string, file: string): FileContent;
}

/** More than anybody reads. */
const mostBytes = 1_000_000;

export function checkpointLooks({ clewHome }: Context, db: () => Db): CheckpointLooks {
  const objects = objectsOf(clewHome);

  function firstOf({ session, root }: KeptCheckpoint): { id: string; tree: string } | undefined {
    if (session === null) return undefined;
    const kept = keptTrees(clewHome);
    const all = listCheckpoints(db(), { session, root });
    const first = all.findLast((one) => one.tree !== null && kept.has(one.tree));
    return first?.tree ? { id: first.id, tree: first.tree } : undefined;
  }

  return {
    checkpointFiles(given) {
      const point = keptCheckpoint(db(), clewHome, given);
      const since = firstOf(point);
      const [differences = []] = since ? objects.differences([[since.tree, point.tree]]) : [];
      const changes = new Map(
        differences
          .filter((one) => !isRepository(one))
          .map((one) => [
            one.path,
            one.before ? (one.after ? ('update' as const) : ('delete' as const)) : ('create' as const),
          ]),
      );
      const there = treeFiles(clewHome, point.tree).map(({ path: name, type, size }) => ({
        path: name,
        type,
        size,
        change: changes.get(name) ?? null,
      }));
      const gone = [...changes].flatMap(([name, change]) =>
        change === 'delete' ? [{ path: name, type: null, size: null, change }] : [],
      );
      return {
        checkpoint: point.id,
        root: point.root,
        since: since?.id ?? null,
        files: [...there, ...gone].toSorted((a, b) => (a.path < b.path ? -1 : 1)),
      };
    },
    checkpointFile(given, file) {
      const point = keptCheckpoint(db(), clewHome, given);
      const name = path.normalize(path.isAbsolute(file) ? path.relative(point.root, file) : file);
      const found = treeFiles(clewHome, point.tree).find((one) => one.path === name);
      if (!found)
        throw new ClewError(
          'NOT_FOUND',
          `checkpoint ${point.id} has no file ${name}`,
          `\`clew show ${point.id} --files\` lists its files`,
        );
      const { oid, type, size } = found;
      const place = { checkpoint: point.id, root: point.root, path: name, type, size };
      if (size > mostBytes) return { ...place, text: null, why: 'large' };
      const content = objects.contents([oid]).get(oid) ?? Buffer.alloc(0);
      if (isBinary(content)) return { ...place, text: null, why: 'binary' };
      return { ...place, text: content.toString(), why: null };
    },
  };
}
