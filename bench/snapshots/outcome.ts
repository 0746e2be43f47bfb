// What a client's run leaves: its git store and clew's, at the first snapshot and after the last, and what each one took.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sizeBelow } from '../lib.ts';
import type { Effort } from './trace.ts';

export interface Outcome {
  readonly client: string;
  readonly efforts: readonly Effort[];
  /** Of clew's checkpoints, taken in turn with the client's. */
  readonly own: readonly OwnEffort[];
  readonly stores: Stores;
  readonly ownStores: Stores;
  /** What the client keeps of its snapshots outside of git. */
  readonly beside: number;
}

export interface OwnEffort extends Effort {
  /** The shell included, in milliseconds. */
  readonly whole: number;
}

export interface Stores {
  readonly first: Store;
  readonly last: Store;
}

/** A copy of a git store. */
export interface Store {
  readonly gitDir: string;
  /** Packs as its owner does. */
  readonly pack: (gitDir: string) => void;
}

export function git(gitDir: string, args: readonly string[], input = ''): string {
  return execFileSync('git', [`--git-dir=${gitDir}`, ...args], {
    encoding: 'utf8',
    input,
    env: { ...process.env, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' },
    stdio: ['pipe', 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
  });
}

export interface Sizes {
  readonly left: number;
  readonly packed: number;
  /** When git packs all that is in it, needed or not, anew and alike for each. */
  readonly anew: number;
}

/** Bytes of contents and trees; what the store borrows from the user's repository is not in it. */
export function sizesOf({ gitDir, pack }: Store): Sizes {
  const size = (): number => sizeBelow(path.join(gitDir, 'objects'));
  const left = size();
  pack(gitDir);
  const packed = size();
  git(gitDir, ['repack', '-adkflq', '--window=50', '--depth=50']);
  git(gitDir, ['prune-packed', '-q']);
  return { left, packed, anew: size() };
}

/** Copies a git store, once no packing that git does in the background is at it. */
export async function copyStore(from: string, to: string): Promise<void> {
  while (existsSync(path.join(from, 'gc.pid'))) await sleep(50);
  cpSync(from, to, { recursive: true });
}

/** Throws unless all contents are in the store: a snapshot that was not taken must not count as a small one. */
export function checkComplete(name: string, { gitDir }: Store, blobs: readonly string[]): void {
  const missing = git(gitDir, ['cat-file', '--batch-check'], `${blobs.join('\n')}\n`).match(/ missing$/gm);
  if (missing)
    throw new Error(`${name}: ${missing.length} of ${blobs.length} contents are not in its snapshots`);
}
