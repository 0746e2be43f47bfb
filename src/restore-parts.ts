// What a restore is to do: in the project’s folder, and in each repository inside that the checkpoint knows of.
import { existsSync } from 'node:fs';
import { below } from './file-report.ts';
import type { Part } from './file-report.ts';
import type { KeptCheckpoint } from './kept-checkpoint.ts';
import type { Db } from './store/index.ts';
import { innerStates, keptTrees, objectsOf, planRestore } from './workspace/index.ts';
import type { Left } from './workspace/index.ts';

/** `names`: files and folders below the checkpoint’s; none for all of it. `left`: the repositories that cannot be brought back. */
export function restoreParts(
  db: Db,
  clewHome: string,
  point: KeptCheckpoint,
  names: readonly string[],
  clean: boolean,
): { readonly parts: readonly Part[]; readonly left: readonly Left[] } {
  const { root } = point;
  const time = point.at === null ? 0 : Date.parse(point.at);
  const kept = keptTrees(clewHome);
  const objects = objectsOf(clewHome);
  const left: Left[] = [];
  const parts = [{ root, tree: point.tree, at: time }, ...innerStates(db, root, point.tree, time)].flatMap(
    ({ root: one, tree, at }): Part[] => {
      const here = below(root, one);
      const paths = names.flatMap((name) =>
        `${name}/`.startsWith(here)
          ? [name.slice(here.length)]
          : name === '' || here.startsWith(`${name}/`)
            ? ['']
            : [],
      );
      if (names.length > 0 && paths.length === 0) return [];
      const why = whyNot(one, tree, kept);
      if (why !== undefined) left.push({ path: here.slice(0, -1), why, isRepository: true });
      if (why !== undefined || tree === null) return [];
      const planOn: Part['planOn'] = (now) => ({
        ...planRestore(db, objects, { root: one, tree, at }, now, { paths, clean }),
        root: one,
        title: `checkpoint ${point.id}`,
        session: point.session,
        operations: [],
        reverts: null,
        conflicts: [],
      });
      return [{ root: one, planOn }];
    },
  );
  return { parts, left };
}

/** Why the files of a repository inside cannot be brought back. */
function whyNot(root: string, tree: string | null, kept: ReadonlySet<string>): string | undefined {
  if (tree === null) return 'the checkpoint holds no files of this repository';
  if (!kept.has(tree)) return 'the files that this repository had are no longer kept';
  return existsSync(root) ? undefined : 'this repository is gone';
}
