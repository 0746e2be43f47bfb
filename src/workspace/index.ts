// Checkpoints and the way back: everything that touches a project's files, and every call of git.
export { attribute } from './attribute.ts';
export type { Author, StoredCheckpoint } from './attribute.ts';
export { changeFiles, checkpointBefore, recoverJournal } from './change-files.ts';
export type { Recovered } from './change-files.ts';
export { journalFolder } from './journal.ts';
export type { FileStep, Left } from './apply.ts';
export type { OnOverlap } from './merge.ts';
export { emptyTree, objectsOf } from './objects.ts';
export type { Difference, FileState, Objects } from './objects.ts';
export { planRestore } from './restore.ts';
export type { Conflict } from './revert.ts';
export { writeSettings } from './settings.ts';
export { rootOf, takeCheckpoint, takeTree } from './take.ts';
export { lastUndoable, planUndo, rootsOf } from './undo.ts';
export type { UndoPlan, UndoTarget } from './undo.ts';
export { makeWorktree, removeWorktree } from './worktree.ts';
export type { Worktree, WorktreeRemoval, WorktreeRequest } from './worktree.ts';
