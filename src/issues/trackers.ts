// The trackers of the project that a folder belongs to. A new one is a `TrackerKind` in this list.
import { beads } from './beads/index.ts';
import { json } from './plain/json.ts';
import { markdown } from './plain/markdown.ts';
import type { Surroundings, Tracker } from './tracker.ts';

const kinds = [beads, markdown, json] as const;

/** Where several have an issue of one id, the first one counts. */
export const trackersFor = (folder: string, surroundings: Surroundings): Tracker[] =>
  kinds.flatMap((kind) => kind.find(folder, surroundings) ?? []);
