// Commits: seen to be made, by git's hooks, reflogs and agents' shells, and linked to the sessions that they came out of.
export { lateOnes, newOnes } from './known.ts';
export { lookAtReflogs } from './look.ts';
export type { Memory } from './look.ts';
export { recordsOf } from './records.ts';
export { mergeSeen } from './seen.ts';
export type { Seen } from './seen.ts';
export { toldCommits } from './shell.ts';
export { spooledCommits } from './spooled.ts';
export { treeOf } from './trees.ts';
export { commitDetail, foreignRow, listCommits } from './list.ts';
export { readCommits } from './read.ts';
export { treesOf } from './trees.ts';
export type { CommitDetail, CommitRow, CommitSession } from './types.ts';
