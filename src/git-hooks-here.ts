// git's hooks as the library offers them.
import path from 'node:path';
import type { HookReport } from './ingest/index.ts';
import type { Context } from './model/index.ts';
import { gitHookChecks, installGitHooks, knownHooks, removeGitHooks } from './workspace/index.ts';
import type { GitHookChanges, HookCheck } from './workspace/index.ts';

export interface GitHookOptions {
  /** A folder in the repository; the current one, if left out. */
  readonly project?: string | undefined;
  readonly dryRun?: boolean | undefined;
}

export interface GitHooksHere {
  /**
   * Hooks git in a repository, so that commits are seen at once and with what they were made in; beside the hooks that
   * are there. `trailer`: commits made in a session (CLEW_SESSION_ID) also say so. Throws BAD_INPUT outside of repositories.
   */
  initGit(options?: GitHookOptions & { readonly trailer?: boolean | undefined }): HookReport;
  /** Takes them out again: every hook is what it was, byte for byte. */
  uninstallGit(options?: GitHookOptions): HookReport;
  /** The working trees whose repositories are known to have hooks. */
  gitHooked(): string[];
}

export function gitHooksHere(context: Context): GitHooksHere & { readonly gitHookChecks: () => HookCheck[] } {
  const folderOf = (project: string | undefined): string => path.resolve(context.cwd, project ?? '.');
  return {
    initGit: ({ project, ...how } = {}) =>
      reportOf(installGitHooks(context, { ...how, folder: folderOf(project) }), how.dryRun),
    uninstallGit: ({ project, ...how } = {}) =>
      reportOf(removeGitHooks(context, { ...how, folder: folderOf(project) }), how.dryRun),
    gitHooked: () => knownHooks(context.clewHome).map((place) => place.root),
    gitHookChecks: () => gitHookChecks(context.clewHome),
  };
}

/** In the shape of the agents' hooks; a hook that is kept beside or comes back from there is two files. */
function reportOf({ steps, warnings }: GitHookChanges, dryRun = false): HookReport {
  const text = (content: Buffer | undefined): string | null => content?.toString() ?? null;
  const change = (path: string, before: Buffer | undefined, after: Buffer | undefined) => ({
    agent: 'git',
    path,
    before: text(before),
    after: text(after),
    changed: text(before) !== text(after),
  });
  const files = steps.flatMap(({ file, before, after, keepAt, keptAt }) => [
    ...(keepAt === undefined ? [] : [change(keepAt, undefined, before)]),
    change(file, before, after),
    ...(keptAt === undefined ? [] : [change(keptAt, after, undefined)]),
  ]);
  return { dryRun, files, events: [...new Set(steps.map((step) => step.hook))], versions: {}, warnings };
}
