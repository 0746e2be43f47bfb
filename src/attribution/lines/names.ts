// The names that each file has had: those that commits tell, and those that it had on the disk, where one went as another
// came. Files that share a name are followed together.
import type { Past } from './engine.ts';
import type { Changed } from './graph.ts';

/** What commits did to files, by name. */
export type Changes = ReadonlyMap<string, readonly (Changed & { readonly sha: string })[]>;

/** Where more files went in a commit, git's own eye for names is enough. */
const mostGone = 8;

/** Lists of names, each name in one of them. */
export function namesOfFiles(paths: Iterable<string>, past: Past, changes: Changes): string[][] {
  const groups = new Map<string, Set<string>>();
  const next = [...paths];
  for (const name of next) {
    if (groups.has(name)) continue;
    groups.set(name, new Set([name]));
    next.push(...namesBeside(name, past, changes));
  }
  for (const name of groups.keys())
    for (const other of namesBeside(name, past, changes)) join(groups, name, other);
  return [...new Set(groups.values())].map((group) => [...group]);
}

/** The larger group takes the smaller in. */
function join(groups: Map<string, Set<string>>, one: string, other: string): void {
  const [a, b] = [groups.get(one), groups.get(other)];
  if (!a || !b || a === b) return;
  const [large, small] = a.size < b.size ? [b, a] : [a, b];
  for (const name of small) groups.set(name, large.add(name));
}

function* namesBeside(name: string, past: Past, changes: Changes): Generator<string> {
  for (const { path, from, sha, before, after } of changes.get(name) ?? []) {
    yield path;
    yield from;
    if (path === name && after !== null && before.every((blob) => blob === null)) yield* goneIn(past, sha);
  }
  for (const effect of past.effects(name))
    if (effect.before === null) yield* past.gone(effect.checkpoint, effect.after);
}

function goneIn({ commits }: Past, sha: string): string[] {
  const gone = (commits.get(sha)?.files ?? []).filter((file) => file.after === null);
  return gone.length > mostGone ? [] : gone.map((file) => file.path);
}
