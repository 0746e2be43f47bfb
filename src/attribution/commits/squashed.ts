// Which commits a rebase has put into others, where git's hook did not tell: what a squash added to the commit before it does
// the same as the commit that was squashed.
import { tryGit } from '../../workspace/index.ts';
import { patchIds } from './read.ts';
import type { Seen } from './seen.ts';

/** Of a rebase of more, the latest are looked at. */
const mostRebased = 500;

/** Of each squash by its id, the commits that went into it beside the one before it. */
export function squashedInto(all: readonly Seen[]): ReadonlyMap<string, readonly string[]> {
  const squashes = all.filter((one) => one.squashed !== undefined);
  const rebases = Map.groupBy(squashes, ({ common, squashed }) =>
    [common, squashed?.tip, squashed?.base].join(' '),
  );
  return new Map([...rebases.values()].flatMap((of) => [...squashedIn(of)]));
}

/** Of one rebase. */
function* squashedIn(squashes: readonly Seen[]): Generator<readonly [string, readonly string[]]> {
  const [first] = squashes;
  if (!first?.squashed) return;
  const { common, squashed } = first;
  const { tip, base } = squashed;
  const listed = tryGit(['--git-dir', common, 'rev-list', `--max-count=${mostRebased}`, tip, `^${base}`]);
  const rebased = listed.stdout.toString().split('\n').filter(Boolean);
  const told = patchIds(common, rebased);
  const added = patchIds(
    common,
    squashes.map((one) => `${one.sha} ${one.rewrites[0] ?? ''}`.trimEnd()),
  );
  for (const { sha } of squashes)
    yield [sha, rebased.filter((id) => told.has(id) && told.get(id) === added.get(sha))];
}
