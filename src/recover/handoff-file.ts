// Where a handoff is written, for the command that reads it.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Replaces the handoff that was written before. It is the user's alone, as records are. */
export function writeHandoff(clewHome: string, session: string, markdown: string): string {
  const folder = path.join(clewHome, 'handoffs');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, `${session.replaceAll(/[^\w.-]/g, '_')}.md`);
  writeFileSync(file, markdown, { mode: 0o600 });
  return file;
}
