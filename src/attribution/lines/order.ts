// In which order a file's states, edits and commits are followed: each behind what it can have come out of.
import type { Edit } from './edits.ts';
import type { FileHistory } from './file-history.ts';
import type { Step } from './steps.ts';

const gitSecondMs = 999;
/** How far before a step commits come that were made in it, by what they can be made of: of what is in the next. */
const lead = { edit: 0.7, written: 0.6, copied: 0.5, foreign: 0.4 } as const;
const behind = 0.5;

/**
 * Steps, and commits by their ids. One that was written comes behind its step, whose end shows best what was written in it;
 * but not where git has put on the disk what it found in commits.
 */
export function inOrder({
  steps: all,
  edits,
  changes,
  commits,
  windows,
}: FileHistory): (Step | Edit | string)[] {
  const places = new Map(all.map((step, i) => [step, i]));
  const placeAt = (at: number): number => {
    const next = all.findIndex((one) => one.at > at);
    return next < 0 ? all.length : next;
  };
  const placeOf = (sha: string): number => {
    if (windows.earlier.has(sha)) return -1;
    const made = windows.made.get(sha) ?? 'foreign';
    const steps = windows.stepsOf.get(sha);
    const step = made === 'written' ? steps?.at(-1) : steps?.[0];
    const place = step && places.get(step);
    if (step && place !== undefined)
      return made === 'written' && !windows.touched.has(step) ? place + behind : place - lead[made];
    if (made !== 'foreign' && steps) return all.length;
    return placeAt((commits.get(sha)?.committedAt ?? 0) + gitSecondMs) - lead.foreign;
  };
  const events: { at: number; what: Step | Edit | string }[] = all.map((what, at) => ({ at, what }));
  for (const what of edits) events.push({ at: placeAt(what.at) - lead.edit, what });
  const here = [...windows.made.keys()].filter((sha) => commits.has(sha));
  for (const sha of new Set([...here, ...commits.keys()]))
    if (changes.has(sha)) events.push({ at: placeOf(sha), what: sha });
  return events.sort((a, b) => a.at - b.at).map(({ what }) => what);
}
