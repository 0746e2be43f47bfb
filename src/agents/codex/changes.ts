// What patches did to files: `changes {path: {type, unified_diff | content, move_path}}`. What shell commands change is
// never told.
import paths from 'node:path';
import type { ChangeFact } from '../../model/index.ts';
import { patchOfDiff, patchOfNewFile } from '../shared/patch.ts';
import type { Patch } from '../shared/patch.ts';
import { object, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import { changesOf } from './patch-text.ts';
import { noteNested } from './state.ts';
import type { Reading } from './state.ts';

type Kind = ChangeFact['kind'];

/** `nested`: made by a script, which may patch a file more than once: what is told is all that it did so far. */
export function readChanges(reading: Reading, operation: string, changes: Json, nested: boolean): void {
  for (const [path, value] of Object.entries(changes)) {
    const told = object(value);
    if (!told) continue;
    const to = text(told['move_path']);
    const patch = patchOf(told);
    if (to !== undefined && to !== path) {
      emitChange(reading, operation, path, 'delete', { diff: '', added: 0, removed: 0 }, true);
      emitChange(reading, operation, to, 'create', patch, true);
    } else if (nested) emitNested(reading, operation, path, kindOf(told), patch);
    else emitChange(reading, operation, path, kindOf(told), patch, false);
  }
}

/** Where nothing but the patch's own words tells of it (until 0.117). */
export function readWrittenPatch(reading: Reading, operation: string, text: string): void {
  for (const { path, kind, patch } of changesOf(text))
    emitChange(reading, operation, resolve(reading.state.cwd ?? '', path), kind, patch, true);
}

/** Paths in a patch are relative to where the agent was. */
const resolve = (cwd: string, file: string): string =>
  cwd.startsWith('/') ? paths.resolve(cwd, file) : file;

function emitNested(reading: Reading, operation: string, path: string, kind: Kind, patch: Patch): void {
  const before = reading.state.nested[path];
  const all = before ? join(before, patch) : patch;
  if (all.diff.length <= maxNested) noteNested(reading.state, path, all);
  emitChange(reading, operation, path, kind, all, false);
}

/** What is remembered of a script's changes of one file. */
const maxNested = 8192;

const join = (a: Patch, b: Patch): Patch => ({
  diff: `${a.diff}\n${b.diff}`,
  added: a.added + b.added,
  removed: a.removed + b.removed,
});

function emitChange(
  { place, emit }: Reading,
  operation: string,
  path: string,
  kind: Kind,
  patch: Patch,
  partial: boolean,
): void {
  emit({ fact: 'change', operation, place, path, kind, ...patch, partial });
}

function kindOf(told: Json): Kind {
  if (told['type'] === 'add') return 'create';
  return told['type'] === 'delete' ? 'delete' : 'update';
}

function patchOf(told: Json): Patch {
  const content = text(told['content']);
  if (told['type'] === 'add' && content !== undefined) return patchOfNewFile(content);
  if (told['type'] === 'delete' && content !== undefined) return patchOfLostFile(content);
  return patchOfDiff(text(told['unified_diff']) ?? '');
}

function patchOfLostFile(content: string): Patch {
  const { diff, added } = patchOfNewFile(content);
  const body = diff.replaceAll(/^\+/gm, '-').replace(/^@@ -0,0 \+1,(\d+) @@/, '@@ -1,$1 +0,0 @@');
  return { diff: body, added: 0, removed: added };
}
