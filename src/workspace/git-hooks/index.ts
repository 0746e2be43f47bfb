// git's hooks: clew's are put into the repository of a folder, beside whatever hooks are there, and taken out again.
import path from 'node:path';
import { installGitScripts } from '../../hooks/index.ts';
import type { Context } from '../../model/index.ts';
import { makeSpool } from '../../stream/index.ts';
import { tryGit } from '../git.ts';
import { applyStep } from './apply.ts';
import { forgetHooks, noteHooks } from './known.ts';
import { hookPlaces } from './places.ts';
import type { HookPlace } from './places.ts';
import { planInstall, planRemoval } from './plan.ts';
import type { HookStep } from './plan.ts';

export { gitHookChecks } from './check.ts';
export type { HookCheck } from './check.ts';
export { knownHooks } from './known.ts';

export interface GitHookOptions {
  /** The repository that this folder is in. */
  readonly folder: string;
  readonly dryRun?: boolean | undefined;
}

export interface GitHookChanges {
  readonly places: readonly HookPlace[];
  readonly steps: readonly HookStep[];
  readonly warnings: readonly string[];
}

/** Puts clew's hooks in; with `trailer` also the one that writes `Clew-Session:`. Throws BAD_INPUT outside of repositories. */
export function installGitHooks(
  context: Context,
  { folder, dryRun = false, trailer = false }: GitHookOptions & { readonly trailer?: boolean | undefined },
): GitHookChanges {
  const { clewHome } = context;
  const places = hookPlaces(context, folder);
  const steps = places.flatMap((place) => planInstall(place, { clewHome, trailer }));
  const warnings = places.flatMap((place) => warningsOf(place, steps));
  if (!dryRun) {
    makeSpool(clewHome);
    installGitScripts(clewHome);
    for (const step of steps) applyStep(step);
    noteHooks(clewHome, places, context.now());
  }
  return { places, steps, warnings };
}

/** Takes exactly what clew put in out again. Throws BAD_INPUT outside of repositories. */
export function removeGitHooks(context: Context, { folder, dryRun = false }: GitHookOptions): GitHookChanges {
  const places = hookPlaces(context, folder);
  const plans = places.map(planRemoval);
  const steps = plans.flatMap((plan) => plan.steps);
  if (!dryRun) {
    for (const step of steps) applyStep(step);
    forgetHooks(context.clewHome, places);
  }
  return { places, steps, warnings: plans.flatMap((plan) => plan.warnings) };
}

/** What the user should know of where the hooks are. */
function warningsOf({ root, folder, common }: HookPlace, steps: readonly HookStep[]): string[] {
  const within = (outer: string): boolean => !path.relative(outer, folder).startsWith('..');
  const again = 'is written anew by it: run `clew init --git` again then';
  if (/(?:^|\/)\.husky\/_$/.test(folder)) return [`${folder} is husky's, and ${again}`];
  const lefthook = steps.find(
    (step) => path.dirname(step.file) === folder && step.before?.includes('LEFTHOOK'),
  );
  if (lefthook) return [`${lefthook.file} is lefthook's, and ${again}`];
  if (within(common)) return [];
  if (!within(root)) return [`${folder} serves every repository whose core.hooksPath names it`];
  const changed = steps.filter((step) => path.dirname(step.file) === folder).map((step) => step.file);
  const tracked = tryGit(['-C', root, 'ls-files', '-z', '--', ...changed]).stdout.toString();
  return tracked === ''
    ? []
    : [
        `${folder} is committed in this repository: clew's lines in it are for this machine, do not commit them`,
      ];
}
