// Whole contents of changed files: an edit's result holds them as they were and as they became.
import type { FileContents } from '../../model/index.ts';
import { object, objects, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';

export function contents(record: Json): FileContents[] {
  const shown = objects(record['toolCalls']).map((call) => object(call['resultDisplay']));
  const hooked = object(object(object(record['payload'])?.['tool_response'])?.['returnDisplay']);
  return [...shown, hooked].flatMap((display) => {
    const path = text(display?.['filePath']);
    const after = text(display?.['newContent']);
    if (path === undefined || after === undefined) return [];
    const before = display?.['isNewFile'] === true ? null : (text(display?.['originalContent']) ?? null);
    return [{ path, before, after }];
  });
}
