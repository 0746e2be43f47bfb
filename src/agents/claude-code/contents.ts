// Whole contents of changed files, where a result record holds them: `originalFile` before, and what its patch makes of it.
import { applyPatch } from 'diff';
import type { StructuredPatchHunk } from 'diff';
import type { FileContents } from '../../model/index.ts';
import { list, object, text } from './shapes.ts';
import type { Json } from './shapes.ts';

export function contents(record: Json): FileContents[] {
  const told = object(record['toolUseResult']);
  const path = text(told?.['filePath']);
  if (!told || path === undefined) return [];
  const before = text(told['originalFile']) ?? null;
  const written = text(told['content']);
  return [{ path, before, after: written ?? (before === null ? null : patched(before, told)) }];
}

function patched(before: string, told: Json): string | null {
  const hunks = list(told['structuredPatch']) as StructuredPatchHunk[];
  if (hunks.length === 0) return null;
  try {
    const after = applyPatch(before, { oldFileName: '', newFileName: '', oldHeader: '', newHeader: '', index: '', hunks });
    return after === false ? null : after;
  } catch {
    return null; // hunks of a shape that is none
  }
}
