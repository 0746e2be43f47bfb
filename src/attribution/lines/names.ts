// The names that each file has had: those that commits tell, and those that it had on the disk, where one went as another
// came. Files that share a name are followed together.
import type { Past } from './engine.ts';
import type { Changed } from './graph.ts';

/** Lists of names, each name in one of them. */
export function namesOfFiles(
  paths: Iterable<string>,
  past: Past,
  changes: ReadonlyMap<string, readonly Changed[]>,
): string[][] {
  const groups: string[][] = [];
  const seen = new Set<string>();
  for (const path of paths) {
    if (seen.has(path)) continue;
    seen.add(path);
    const group = [path];
    for (const name of group)
      for (const other of namesBeside(name, past, changes)) {
        if (seen.has(other)) continue;
        seen.add(other);
        group.push(other);
      }
    groups.push(group);
  }
  return groups;
}

function* namesBeside(
  name: string,
  past: Past,
  changes: ReadonlyMap<string, readonly Changed[]>,
): Generator<string> {
  for (const { path, from } of changes.get(name) ?? []) {
    yield path;
    yield from;
  }
  for (const effect of past.effects(name))
    if (effect.before === null) yield* past.gone(effect.checkpoint, effect.after);
}
