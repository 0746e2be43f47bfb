// Who wrote which line, as the library offers it: what was recorded of commits, and what is found and recorded where it is
// asked for first.
import path from 'node:path';
import { attributeCommits, isOutdated, keptAttributions } from './attribution/index.ts';
import type { AttributionData } from './attribution/index.ts';
import type { Connection } from './connection.ts';
import { createRecorder } from './journal/index.ts';
import type { Config, Context } from './model/index.ts';

export interface AttributionHere {
  /** Whose the lines of commits are; what was not known of them is found and recorded. */
  attributed(folder: string, shas: readonly string[]): Map<string, AttributionData>;
}

export function attributionHere(
  context: Context,
  config: Config,
  { db, guarded }: Pick<Connection, 'db' | 'guarded'>,
): AttributionHere {
  const recorder = createRecorder(context, config);
  const placeOf = (folder: string) => ({
    db: db(),
    objects: path.join(context.clewHome, 'objects.git'),
    folder,
  });

  function attributed(folder: string, shas: readonly string[]): Map<string, AttributionData> {
    const kept = keptAttributions(db(), shas);
    const missing = shas.filter((sha) => isOutdated(kept.get(sha)));
    const found = attributeCommits(placeOf(folder), missing);
    const changed = [...found].filter(
      ([sha, data]) => JSON.stringify(kept.get(sha)) !== JSON.stringify(data),
    );
    recorder.recordAll(
      changed.map(([sha, data]) => ({ kind: 'attribution' as const, subject: sha, root: folder, data })),
    );
    return new Map([...kept, ...found]);
  }

  return { attributed: (folder, shas) => guarded(() => attributed(folder, shas)) };
}
