// The history that every contestant goes through: a generated project, and a folder of five changed files for each
// change, to be copied over it.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { change, makeProject } from '../project.ts';

export interface History {
  /** How many changes are taken in a snapshot. */
  readonly snapshots: number;
  readonly changedBytes: number;
  /** Git's names of all contents that a snapshot must have. */
  readonly blobs: readonly string[];
  /** Makes the project as it is before the first change. */
  makeProject(root: string): void;
  /** The command that makes the n-th change in the project it runs in, from 1 on. */
  command(n: number): string;
  /** One of the files of the n-th change. */
  one(n: number): { file: string; text: string };
}

export function makeHistory(folder: string, files: number, snapshots: number): History {
  const blobs = new Set<string>();
  let changedBytes = 0;
  // One more than there are snapshots: a client that takes them ahead of a change needs one to be ahead of.
  for (let n = 1; n <= snapshots + 1; n++)
    for (const { file, text } of change(n, files)) {
      const copy = path.join(folder, String(n), file);
      mkdirSync(path.dirname(copy), { recursive: true });
      writeFileSync(copy, text);
      if (n > snapshots) continue;
      changedBytes += text.length;
      blobs.add(createHash('sha1').update(`blob ${text.length}\0${text}`).digest('hex'));
    }
  return {
    snapshots,
    changedBytes,
    blobs: [...blobs],
    makeProject: (root) => makeProject(root, files, { ...process.env, HOME: folder }),
    command: (n) => `cp -R ${folder}/${n}/. .`,
    one: (n) => change(n, files)[0]!,
  };
}
