// Which of the three forms a session of OpenCode is in, by its path: `<database>#<session>`, a file of the JSON storage, or
// an export.
import type { SourceFile } from '../../model/index.ts';
import { readStored } from './rows.ts';
import { readExport } from './export-file.ts';
import { readFiles, sessionOf } from './storage.ts';

export function read(source: SourceFile, since: number): Generator<string, number> {
  const row = /^(.*\.db)#(ses_\w+)$/s.exec(source.path);
  if (row) return readStored(row[1]!, row[2]!, since);
  return sessionOf(source.path) === undefined ? readExport(source.path) : readFiles(source.path);
}
