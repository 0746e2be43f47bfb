// Whole contents of changed files, where a record holds them: `originalFile` before, and what its patch makes of it;
// of notebooks both. A hook call holds the same as the transcript's result.
import { applyPatch } from 'diff';
import type { StructuredPatchHunk } from 'diff';
import type { FileContents } from '../../model/index.ts';
import { list, object, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';

export function contents(record: Json): FileContents[] {
  const told = object(record['toolUseResult']) ?? object(object(record['payload'])?.['tool_response']);
  if (!told) return [];
  const notebook = text(told['notebook_path']);
  if (notebook !== undefined)
    return [
      {
        path: notebook,
        before: text(told['original_file']) ?? null,
        after: text(told['updated_file']) ?? null,
      },
    ];
  const path = text(told['filePath']);
  if (path === undefined) return [];
  const before = text(told['originalFile']) ?? null;
  const written = text(told['content']);
  return [{ path, before, after: written ?? (before === null ? null : patched(before, told)) }];
}

function patched(before: string, told: Json): string | null {
  const hunks = list(told['structuredPatch']) as StructuredPatchHunk[];
  const lines = before.split('\n').length;
  // The library looks for a hunk's place all the way from the line that it names.
  const isWithin = (line: unknown): boolean => typeof line === 'number' && line >= 0 && line <= lines + 1;
  if (hunks.length === 0 || !hunks.every((hunk) => isWithin(hunk?.oldStart))) return null;
  try {
    const none = { oldFileName: '', newFileName: '', oldHeader: '', newHeader: '', index: '' };
    const after = applyPatch(before, { ...none, hunks });
    return after === false ? null : after;
  } catch {
    return null; // hunks of a shape that is none
  }
}
