// What an operation did to files, as its result tells it: edit tools by patch, shell commands by `bashEditDiff`.
import type { Emit, Place } from '../../model/index.ts';
import { patchOfHunks, patchOfNewFile } from '../shared/patch.ts';
import type { Patch } from '../shared/patch.ts';
import { isObject, list, number, object, objects, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import type { OpenCall } from './state.ts';

export function readChanges(
  operation: string,
  call: OpenCall | undefined,
  told: Json,
  place: Place,
  emit: Emit,
): void {
  const shell = told['bashEditDiff'];
  if (isObject(shell)) readShell(operation, shell, place, emit);
  const path = text(told['filePath']) ?? text(told['notebook_path']) ?? text(call?.input?.['notebook_path']);
  if (path === undefined || !isChange(told, call)) return;
  if (call?.name === 'NotebookEdit') {
    emit({ fact: 'change', operation, place, path, kind: 'update', ...patchOfNotebook(told) });
    return;
  }
  const content = text(told['content']);
  const isNew = isCreation(told, content);
  const hunks = list(told['structuredPatch']);
  const patch =
    isNew && hunks.length === 0 && content !== undefined ? patchOfNewFile(content) : patchOfHunks(hunks);
  // Edits made before there were patches. An empty patch is that of a file written as it was.
  const partial = !isNew && !Array.isArray(told['structuredPatch']);
  emit({ fact: 'change', operation, place, path, kind: isNew ? 'create' : 'update', ...patch, partial });
}

const editTools: ReadonlySet<string> = new Set(['Edit', 'MultiEdit', 'NotebookEdit', 'Write']);

const isChange = (told: Json, call: OpenCall | undefined): boolean =>
  Array.isArray(told['structuredPatch']) || editTools.has(call?.name ?? '');

/** An edit of nothing into something makes a file; of that the record tells `originalFile: ""`. */
function isCreation(told: Json, content: string | undefined): boolean {
  if (content !== undefined) return told['type'] === 'create' || told['originalFile'] === null;
  return told['oldString'] === '' && (told['originalFile'] === '' || told['originalFile'] === null);
}

/** A notebook's edit tells the cell's new source; the old one only in the whole file before (2.1.50 and later). */
function patchOfNotebook(told: Json): Patch & { partial: boolean } {
  const after = text(told['new_source']) ?? '';
  const mode = text(told['edit_mode']) ?? 'replace';
  const before = mode === 'insert' ? '' : cellSource(told);
  const minus = before ? before.split('\n') : [];
  const plus = mode === 'delete' || after === '' ? [] : after.split('\n');
  const head = `@@ -1,${minus.length} +1,${plus.length} @@ cell ${text(told['cell_id']) ?? ''}`;
  const diff = [head, ...minus.map((line) => `-${line}`), ...plus.map((line) => `+${line}`)].join('\n');
  return { diff, added: plus.length, removed: minus.length, partial: before === undefined };
}

function cellSource(told: Json): string | undefined {
  const own = text(told['old_source']);
  if (own !== undefined) return own;
  const notebook = text(told['original_file']);
  if (notebook === undefined) return undefined;
  try {
    const cell = objects(object(JSON.parse(notebook))?.['cells']).find(
      (one) => one['id'] === told['cell_id'],
    );
    const source = cell?.['source'];
    return Array.isArray(source) ? source.join('') : text(source);
  } catch {
    return undefined; // not a notebook any more
  }
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
    emit({
      fact: 'change',
      operation,
      place,
      path,
      kind,
      ...patch,
      partial: patch.diff === '' || number(file['moreHunks']) !== undefined,
    });
  }
  for (const path of list(shell['changedFiles']).map(text))
    if (path !== undefined && !told.has(path))
      emit({
        fact: 'change',
        operation,
        place,
        path,
        kind: 'update',
        diff: '',
        added: 0,
        removed: 0,
        partial: true,
      });
}
