// Checkpoints and the way back: everything that touches a project's files, and every call of git.
export { attribute } from './attribute.ts';
export { changeFiles, checkpointBefore, recoverJournal } from './change-files.ts';
export { thin } from './keep.ts';
export { keptTrees, markThinned } from './kept.ts';
export { hasDropped, needsTending, tend } from './tend.ts';
export { journalFolder, readJournal } from './journal.ts';
export type { Left } from './apply.ts';
export type { OnOverlap } from './merge.ts';
export { objectsOf } from './objects.ts';
export { planRestore } from './restore.ts';
export type { Conflict } from './revert.ts';
export { writeSettings } from './settings.ts';
export { rootOf, takeCheckpoint, takeTree } from './take.ts';
export { lastUndoable, planUndo, rootsOf } from './undo.ts';
export type { UndoPlan, UndoTarget } from './undo.ts';
export { makeWorktree } from './worktree.ts';
