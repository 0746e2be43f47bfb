// Whole contents of changed files, where a record holds them: of files that were added or deleted.
import type { FileContents } from '../../model/index.ts';
import { object, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';

export function contents(record: Json): FileContents[] {
  const payload = object(record['payload']);
  const changes = object(payload?.['changes']) ?? object(object(payload?.['item'])?.['changes']) ?? {};
  return Object.entries(changes).flatMap(([path, value]): FileContents[] => {
    const told = object(value);
    const content = text(told?.['content']) ?? null;
    if (told?.['type'] === 'add') return [{ path, before: null, after: content }];
    if (told?.['type'] === 'delete') return [{ path, before: content, after: null }];
    return [];
  });
}
