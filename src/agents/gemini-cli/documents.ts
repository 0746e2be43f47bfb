// Chats of older versions: one JSON object, written anew as a whole. It becomes the lines that newer versions write:
// first what is said of the session, then each message.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Documents, SourceFile } from '../../model/index.ts';
import { list, object } from '../shared/shapes.ts';

export const documents: Documents = { read };

/** Messages are changed in place, so it is read from its start each time. */
function* read(source: SourceFile): Generator<string, number> {
  const chat = object(JSON.parse(readFileSync(source.path, 'utf8')));
  if (!chat) throw new Error('is not a chat');
  const { messages, ...session } = chat;
  const folder = projectRoot(source.path);
  yield JSON.stringify({ ...session, ...(folder !== undefined && { projectRoot: folder }) });
  for (const message of list(messages)) yield JSON.stringify(message);
  return 0;
}

/** The project's folder, where the client noted it beside its chats: the chat itself has no more than a hash. */
function projectRoot(chat: string): string | undefined {
  try {
    return readFileSync(path.join(path.dirname(chat), '..', '.project_root'), 'utf8').trim() || undefined;
  } catch {
    return undefined; // versions that are older still
  }
}
