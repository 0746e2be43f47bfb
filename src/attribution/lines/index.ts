// Whose the lines of commits are.
export { attributeCommits } from './attribute-commits.ts';
export type { Asked } from './attribute-commits.ts';
export { attributionVersion } from './record.ts';
export type { AttributionData, LineAuthor, LineRange, Who } from './record.ts';
export { isOutdated, keptAttributions, nothingKnown, waitingCommits } from './kept.ts';
