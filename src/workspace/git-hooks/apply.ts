// Takes the steps of a plan. A hook that git calls meanwhile is the old one or the new one, or for a moment none.
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  rmdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { HookStep } from './plan.ts';

export function applyStep({ file, before, after, keepAt, keptAt, mode }: HookStep): void {
  mkdirSync(path.dirname(file), { recursive: true });
  if (keepAt !== undefined) move(file, keepAt, 1);
  if (keptAt !== undefined) {
    move(keptAt, file, -1);
    const own = path.dirname(keptAt);
    if (own !== path.dirname(file)) removeIfEmpty(own);
  } else if (after === undefined) rmSync(file, { force: true });
  else if (keepAt !== undefined || !before?.equals(after)) replace(file, after, mode);
}

/** Moves a hook; a relative link leads where it led, from a folder further down (1) or higher up (-1). */
function move(from: string, to: string, depth: 1 | -1): void {
  mkdirSync(path.dirname(to), { recursive: true });
  const isLink = lstatSync(from).isSymbolicLink();
  const target = isLink ? readlinkSync(from) : '';
  if (!isLink || path.isAbsolute(target)) {
    renameSync(from, to);
    return;
  }
  const draft = `${to}.${process.pid}`;
  symlinkSync(depth === 1 ? `../${target}` : target.replace(/^\.\.\//, ''), draft);
  renameSync(draft, to);
  rmSync(from);
}

function replace(file: string, content: Buffer, mode: number): void {
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, content, { flush: true });
    chmodSync(draft, mode);
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Something else is in it.
  }
}
