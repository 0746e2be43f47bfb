// What `opencode export` prints, kept in a file: `{"info": {…}, "messages": […]}`. The name of such a file says nothing, so
// they are known by how they begin.
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import path from 'node:path';
import { hashOf, object } from '../shared/shapes.ts';
import { exportLines } from './record-lines.ts';

export interface ExportHead {
  readonly session: string;
  readonly parent: string | undefined;
}

const headBytes = 8192;
const isExport = /^\s*\{\s*"info"\s*:\s*\{/;
/** Fields that a session of OpenCode has, and other tools' `info` has not. */
const isSession = /"(?:projectID|slug)"\s*:\s*"/;
const idField = /"id"\s*:\s*"(ses_\w+)"/;
const parentField = /"parentID"\s*:\s*"(ses_\w+)"/;

/** Whose export a file is; undefined if it is none. Ids that were taken out are made of the file's name. */
export function exportHead(file: string): ExportHead | undefined {
  if (!file.endsWith('.json')) return undefined;
  const head = beginning(file);
  if (!isExport.test(head)) return undefined;
  const end = head.search(/"messages"\s*:\s*\[/);
  const info = end < 0 ? head : head.slice(0, end);
  if (!isSession.test(info)) return undefined;
  const name = path.basename(file, '.json');
  const session =
    idField.exec(info)?.[1] ?? (name.startsWith('ses_') ? name : `ses_${hashOf(name).slice(0, 26)}`);
  return { session, parent: parentField.exec(info)?.[1] };
}

export function* readExport(file: string): Generator<string, number> {
  const value = object(JSON.parse(readFileSync(file, 'utf8')) as unknown);
  if (!value || !object(value['info']) || !Array.isArray(value['messages']))
    throw new Error('begins like an export of OpenCode, but has no messages');
  yield* exportLines(value);
  return 0;
}

function beginning(file: string): string {
  let fd: number;
  try {
    fd = openSync(file, 'r');
  } catch {
    return '';
  }
  try {
    const bytes = Buffer.alloc(headBytes);
    return bytes.subarray(0, readSync(fd, bytes, 0, headBytes, 0)).toString();
  } catch {
    return ''; // a folder
  } finally {
    closeSync(fd);
  }
}
