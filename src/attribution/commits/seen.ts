// A commit that was seen to be made, before anything is known of it but that.

export interface Seen {
  readonly sha: string;
  /** The working tree that it was made in. */
  readonly root: string;
  readonly gitDir: string;
  readonly common: string;
  readonly branch: string | null;
  /** When it was made, milliseconds. */
  readonly at: number;
  readonly seen: 'hook' | 'reflog' | 'shell';
  /** The commits whose place it took. */
  readonly rewrites: readonly string[];
  /** Made by a rebase: what it is a copy of is replaced by it. */
  readonly isRebase?: boolean;
  /** A rebase put one more commit into it, one of those that lead from `base` to `tip`; git does not say which. */
  readonly squashed?: { readonly tip: string; readonly base: string };
  /** What CLEW_SESSION_ID was, where the hook told. */
  readonly session?: string | undefined;
  /** The processes that git was run by, the nearest first. */
  readonly within?: readonly number[];
}

const order = ['hook', 'reflog', 'shell'] as const;

/** Each commit once, with what all channels told of it. */
export function mergeSeen(all: readonly Seen[]): Seen[] {
  const merged = new Map<string, Seen>();
  for (const one of all.toSorted((a, b) => order.indexOf(a.seen) - order.indexOf(b.seen) || a.at - b.at)) {
    // A shell tells the beginning of an id only.
    const first =
      merged.get(one.sha) ??
      (one.seen === 'shell' ? merged.values().find(({ sha }) => sha.startsWith(one.sha)) : undefined);
    if (!first) {
      merged.set(one.sha, one);
      continue;
    }
    merged.set(first.sha, {
      ...first,
      branch: first.branch ?? one.branch,
      session: first.session ?? one.session,
      isRebase: (first.isRebase ?? false) || (one.isRebase ?? false),
      rewrites: [...new Set([...first.rewrites, ...one.rewrites])],
    });
  }
  return [...merged.values()].toSorted((a, b) => a.at - b.at);
}
