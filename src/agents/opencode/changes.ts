// What a call did to files, as its metadata tells it.
import type { ChangeFact } from '../../model/index.ts';
import { count, object, objects, text } from '../shared/shapes.ts';
import { patchOfDiff, patchOfNewFile } from '../shared/patch.ts';
import type { Patch } from '../shared/patch.ts';
import type { Json } from '../shared/shapes.ts';
import type { ToolCall } from './tool-call.ts';

export type Change = Pick<ChangeFact, 'path' | 'kind' | 'added' | 'removed' | 'diff' | 'partial'>;

export function changesOf(call: Pick<ToolCall, 'name' | 'input' | 'metadata'>): Change[] {
  const { name, input, metadata } = call;
  if (name === 'write') return [written(input, metadata)];
  if (name === 'edit') return edited(input, metadata, input['oldString'] === '');
  if (name === 'multiedit') return objects(metadata['results']).flatMap((one) => edited(input, one, false));
  if (name === 'apply_patch' || name === 'patch') return objects(metadata['files']).map(patched);
  return [];
}

/** Of a file that was there before, only some versions tell the difference. */
function written(input: Json, metadata: Json): Change {
  const path = text(metadata['filepath']) ?? text(input['filePath']) ?? '';
  const content = text(input['content']);
  if (metadata['exists'] === false && content !== undefined)
    return { path, kind: 'create', ...patchOfNewFile(content), partial: false };
  const told = text(object(metadata['filediff'])?.['patch']) ?? text(metadata['diff']);
  return { path, kind: 'update', ...patchOfDiff(told ?? ''), partial: told === undefined };
}

function edited(input: Json, metadata: Json, isNew: boolean): Change[] {
  const file = object(metadata['filediff']);
  const path = text(file?.['file']) ?? text(input['filePath']);
  const told = text(file?.['patch']) ?? text(metadata['diff']);
  if (path === undefined) return [];
  const patch = patchOfDiff(told ?? '');
  const counts = told === undefined && file ? countsOf(file) : {};
  const kind = isNew && (file?.['before'] === undefined || file['before'] === '') && patch.removed === 0;
  return [{ path, kind: kind ? 'create' : 'update', ...patch, ...counts, partial: told === undefined }];
}

const kinds: Readonly<Record<string, ChangeFact['kind']>> = { add: 'create', delete: 'delete' };

/** A file that was moved is told by its new name. */
function patched(file: Json): Change {
  const told = text(file['patch']) ?? text(file['diff']);
  const type = text(file['type']) ?? '';
  return {
    path: text(file['movePath']) ?? text(file['filePath']) ?? text(file['relativePath']) ?? '',
    kind: Object.hasOwn(kinds, type) ? (kinds[type] ?? 'update') : 'update',
    ...patchOfDiff(told ?? ''),
    ...(told === undefined && countsOf(file)),
    partial: told === undefined,
  };
}

const countsOf = (file: Json): Pick<Patch, 'added' | 'removed'> => ({
  added: count(file['additions']),
  removed: count(file['deletions']),
});
