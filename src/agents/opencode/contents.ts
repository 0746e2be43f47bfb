// Whole contents of changed files, where a record holds them: of a file that was written new, and of edits up to 1.2, which
// tell the file before and after.
import type { FileContents } from '../../model/index.ts';
import { object, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';

export function contents(record: Json): FileContents[] {
  const part = object(record['part']);
  const state = object(part?.['state']);
  const input = object(state?.['input']);
  const metadata = object(state?.['metadata']);
  if (!input || state?.['status'] !== 'completed') return [];
  if (part?.['tool'] === 'write') {
    const path = text(metadata?.['filepath']) ?? text(input['filePath']);
    const content = text(input['content']);
    // What was there before is not told, and empty only where nothing was.
    return path === undefined || content === undefined ? [] : [{ path, before: null, after: content }];
  }
  const diff = object(metadata?.['filediff']);
  const path = text(diff?.['file']);
  const [before, after] = [text(diff?.['before']), text(diff?.['after'])];
  return path === undefined || (before === undefined && after === undefined)
    ? []
    : [{ path, before: before ?? null, after: after ?? null }];
}
