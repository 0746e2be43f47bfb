// Whose the lines of commits are.
export { attributeCommits } from './attribute-commits.ts';
export type { Asked } from './attribute-commits.ts';
export type { AttributionData, LineAuthor } from './record.ts';
export { isOutdated, keptAttributions, nothingKnown, waitingCommits } from './kept.ts';
