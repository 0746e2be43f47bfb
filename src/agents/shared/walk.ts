// Finds the sources below a folder, by what an agent's files are called.
import { readdirSync, statSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import path from 'node:path';
import type { SourceFile } from '../../model/index.ts';
import { realPath } from './roots.ts';

export interface Walk {
  /** What a path tells; undefined for files that are no records of the agent. */
  readonly sourceOf: (place: string) => SourceFile | undefined;
  readonly onError: (path: string, error: Error) => void;
  readonly enter: (folder: string) => boolean;
  /** Deeper than any layout of the agent's goes. */
  readonly maxDepth: number;
}

export function* walk(folder: string, how: Walk): Generator<SourceFile> {
  yield* within(realPath(folder), how, 0, new Set());
}

/** `seen`: folders behind links that have been walked, as a link may lead back up. */
function* within(folder: string, how: Walk, depth: number, seen: Set<string>): Generator<SourceFile> {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    how.onError(folder, error as Error);
    return;
  }
  for (const entry of entries) {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory() || (entry.isSymbolicLink() && isFolder(place))) {
      if (depth >= how.maxDepth || entry.name === 'node_modules' || entry.name === '.git') continue;
      if (entry.isSymbolicLink()) {
        const real = realPath(place);
        if (seen.has(real) || `${folder}${path.sep}`.startsWith(real + path.sep)) continue;
        seen.add(real);
      }
      if (entry.name.endsWith('.jsonl'))
        how.onError(place, new Error('is a folder where a transcript was expected'));
      if (how.enter(place)) yield* within(place, how, depth + 1, seen);
    } else {
      const source = how.sourceOf(place);
      if (source) yield source;
    }
  }
}

export function isFolder(place: string): boolean {
  try {
    return statSync(place).isDirectory();
  } catch {
    return false; // absent, or a link in a circle
  }
}
