// Whose the lines of a file are as it lies in the working tree, by the states of it that checkpoints hold.
import { agentReader } from './agents.ts';
import { followFiles, pastOf } from './engine.ts';
import type { Place } from './engine.ts';
import { diskKey } from './file-history.ts';
import { createOrigins } from './origins.ts';
import { attributionData } from './record.ts';
import type { AttributionData } from './record.ts';

const dayMs = 24 * 3_600_000;
/** What is not committed is seldom older. */
const days = 30;

/** `path`: below the top of the working tree. What was written since the last checkpoint is nobody's yet. */
export function attributeWorkingFile(
  place: Place,
  path: string,
  content: Buffer,
): AttributionData | undefined {
  const past = pastOf(place, [], Date.now() - days * dayMs);
  let data: AttributionData | undefined;
  if (!past) return data;
  followFiles(place, past, [path], ({ disk }, claims, texts) => {
    const text = texts.of(content);
    if (!text) return;
    const state = disk.get(diskKey(past.root, path));
    const draft = createOrigins(claims, texts).inherit(state, text, claims.of(['unknown']));
    const file = { path, claims: draft.claims, changed: new Set(text.ids.keys()), text };
    data = attributionData([{ files: [file], claims }], false, agentReader(place.db));
  });
  return data;
}
