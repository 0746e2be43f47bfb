// What an operation did to files, as its result tells it: edit tools by patch, shell commands by `bashEditDiff`.
import type { Emit, Place } from '../../model/index.ts';
import { patchOfHunks, patchOfNewFile } from './patch.ts';
import type { Patch } from './patch.ts';
import { isObject, list, number, text } from './shapes.ts';
import type { Json } from './shapes.ts';
import type { OpenCall } from './state.ts';

export function readChanges(operation: string, call: OpenCall | undefined, told: Json, place: Place, emit: Emit): void {
  const shell = told['bashEditDiff'];
  if (isObject(shell)) readShell(operation, shell, place, emit);
  const path = text(told['filePath']) ?? text(told['notebook_path']) ?? text(call?.input?.['notebook_path']);
  if (path === undefined || !isChange(told, call)) return;
  const content = text(told['content']);
  const isNew = told['type'] === 'create' || (told['originalFile'] === null && content !== undefined);
  const hunks = list(told['structuredPatch']);
  const patch: Patch = hunks.length > 0 || content === undefined || !isNew ? patchOfHunks(hunks) : patchOfNewFile(content);
  const notebook = call?.name === 'NotebookEdit' ? patchOfNotebook(told) : undefined;
  emit({
    fact: 'change', operation, place, path, kind: isNew ? 'create' : 'update', ...(notebook ?? patch),
    // Edits made before there were patches, and rewrites whose patch was not told.
    partial: notebook === undefined && patch.diff === '' && content !== '',
  });
}

function isChange(told: Json, call: OpenCall | undefined): boolean {
  if (Array.isArray(told['structuredPatch'])) return true;
  return call?.name === 'NotebookEdit' || call?.name === 'Write' || call?.name === 'Edit' || call?.name === 'MultiEdit';
}

/** A notebook's edit tells the cell's source before and after. */
function patchOfNotebook(told: Json): Patch | undefined {
  const after = text(told['new_source']);
  if (after === undefined) return undefined;
  const before = text(told['old_source']) ?? '';
  const minus = told['edit_mode'] === 'insert' || before === '' ? [] : before.split('\n');
  const plus = told['edit_mode'] === 'delete' ? [] : after.split('\n');
  const head = `@@ -1,${minus.length} +1,${plus.length} @@ cell ${text(told['cell_id']) ?? ''}`;
  const diff = [head, ...minus.map((line) => `-${line}`), ...plus.map((line) => `+${line}`)].join('\n');
  return { diff, added: plus.length, removed: minus.length };
}

/** Hunks are told of five files at most; the others are named. */
function readShell(operation: string, shell: Json, place: Place, emit: Emit): void {
  const told = new Set<string>();
  for (const file of list(shell['files'])) {
    const path = isObject(file) ? text(file['filePath']) : undefined;
    if (!isObject(file) || path === undefined) continue;
    told.add(path);
    const update = file['deleted'] === true ? 'delete' : 'update';
    const kind = file['created'] === true ? 'create' : update;
    const patch = patchOfHunks(file['hunks']);
    emit({ fact: 'change', operation, place, path, kind, ...patch, partial: patch.diff === '' || number(file['moreHunks']) !== undefined });
  }
  for (const path of list(shell['changedFiles']).map(text))
    if (path !== undefined && !told.has(path))
      emit({ fact: 'change', operation, place, path, kind: 'update', diff: '', added: 0, removed: 0, partial: true });
}
