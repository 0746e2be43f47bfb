// Removes files of the journal that are over and wholly taken in: their stream has all of it.
import type { Context } from '../model/index.ts';
import { dropRecordFile, isClosed, recordFiles } from '../stream/index.ts';
import type { Db } from '../store/index.ts';
import { statSync } from 'node:fs';

export function tidyRecords(db: Db, context: Context): void {
  const taken = db.prepare<[string], { offset: number }>(
    "SELECT offset FROM source WHERE agent = 'clew' AND kind = 'records' AND path = ?",
  );
  for (const file of recordFiles(context.clewHome)) {
    if (!isClosed(file, context.now())) continue;
    const size = statSync(file, { throwIfNoEntry: false })?.size;
    if (size !== undefined && taken.get(file)?.offset === size) dropRecordFile(file);
  }
}
