// The project that a workspace belongs to: agents put worktrees into fixed places below the repository.

/** `/r/.claude/worktrees/x`, `/r/.worktrees/x` and folders below them belong to `/r`. */
export function projectOf(workspace: string): string {
  const at = /[\\/](?:\.claude[\\/]worktrees|\.worktrees)[\\/]/.exec(workspace)?.index;
  return at ? workspace.slice(0, at) : workspace;
}
