// What rows are told apart by that belongs to a session: its project, its agent, the branch that it was on at the time.
import type { Db } from '../../store/index.ts';
import { trailsOf } from '../issues/evidence.ts';
import { knownIssues } from '../issues/known.ts';
import { issueIn, stretchesOf } from '../issues/stretches.ts';
import type { Stretch } from '../issues/stretches.ts';
import type { Tell } from './cells.ts';
import { issueOf } from './issue.ts';
import type { UsageFilter } from './types.ts';

export interface SessionFacts {
  readonly agent: string;
  readonly project: string | null;
  readonly workspace: string | null;
  readonly branch: string | null;
  readonly title: string | null;
  readonly reported: number | null;
  /** Of all kinds. */
  readonly tokens: number;
}

interface Stay {
  readonly value: string;
  readonly first_at: number;
  readonly last_at: number;
}

const unknown: SessionFacts = {
  agent: 'unknown agent',
  project: null,
  workspace: null,
  branch: null,
  title: null,
  reported: null,
  tokens: 0,
};

export type Sessions = ReturnType<typeof sessionsOf>;

export function sessionsOf(db: Db) {
  const read = db.prepare<[string], SessionFacts>(
    `SELECT agent, project, workspace, branch, title, reported,
       input + output + cache_read + cache_write_5m + cache_write_1h AS tokens FROM session WHERE id = ?`,
  );
  const readStays = db.prepare<[string], Stay>(
    "SELECT value, first_at, last_at FROM session_value WHERE session = ? AND name = 'branch' ORDER BY first_at, last_at",
  );
  const severalBranches = db.prepare<[string], { session: string }>(
    `SELECT v.session FROM json_each(?) s CROSS JOIN session_value v ON v.session = s.value AND v.name = 'branch'
     GROUP BY s.key HAVING count(*) > 1`,
  );
  const known = new Map<string, SessionFacts>();
  const stays = new Map<string, readonly Stay[]>();
  const issues = new Map<string, string | null>();
  const linked = new Map<string, readonly Stretch[]>();
  const several = new Set<string>();
  const turns = new Map<string, readonly number[]>();
  const staysOf = (id: string): readonly Stay[] => remember(stays, id, () => readStays.all(id));
  const of = (id: string): SessionFacts => remember(known, id, () => read.get(id) ?? unknown);

  /** The branch that it was on at a moment; 0 for an unknown one. */
  function branchAt(id: string, at: number): string | null {
    if (at === 0 || !several.has(id)) return of(id).branch;
    const all = staysOf(id);
    // A session may be on one branch, on another for a while, and back again: where it came to last counts.
    const within = all.findLast((one) => one.first_at <= at && at <= one.last_at);
    const before = all.filter((one) => one.last_at < at);
    const latest = before.reduce<Stay | undefined>(
      (a, b) => (a && a.last_at >= b.last_at ? a : b),
      undefined,
    );
    return (within ?? latest ?? all[0])?.value ?? null;
  }

  /** When it went to another branch, or may have turned to another issue. */
  const turnsOf = (id: string): readonly number[] =>
    remember(turns, id, () => [
      ...(several.has(id) ? staysOf(id).flatMap(({ first_at, last_at }) => [first_at, last_at + 1]) : []),
      ...(linked.get(id) ?? []).map(({ from }) => from),
    ]);

  return {
    of,
    branchAt,
    /** Finds out which of these were on several branches; `branchAt` takes any other to have had but its one. */
    lookUpBranches(ids: Iterable<string>): ReadonlySet<string> {
      for (const { session } of severalBranches.all(JSON.stringify([...ids]))) several.add(session);
      return several;
    },
    /**
     * Finds out which of these records, prompts and commits tie to issues, for `issueAt`, which else has the branch alone; gives
     * those that were about several.
     */
    lookUpIssues(ids: Iterable<string>, more: readonly string[] = []): ReadonlySet<string> {
      const issuesKnown = knownIssues(db, more);
      if (issuesKnown.ids.size === 0) return new Set();
      for (const [id, trail] of trailsOf(db, ids, issuesKnown))
        linked.set(
          id,
          stretchesOf(trail, issuesKnown, (at) => branchAt(id, at)),
        );
      return new Set([...linked].filter(([, all]) => all.length > 1).map(([id]) => id));
    },
    /** Whether `tell` gives the same of it all the time from `start` to before `end`. */
    isSteady(id: string, tell: Tell, start = -Infinity, end = Infinity): boolean {
      const points = turnsOf(id).filter((turn) => start < turn && turn < end);
      const first = tell(id, start);
      return points.every((turn) => tell(id, turn) === first);
    },
    issueAt(id: string, at: number): string | null {
      const stretches = linked.get(id);
      if (stretches) return issueIn(stretches, at);
      const branch = branchAt(id, at);
      return branch === null ? null : remember(issues, branch, () => issueOf(branch) ?? null);
    },
    /** Whether a filter lets it through; of branches, only for a moment. */
    passes(id: string, { project, agent }: UsageFilter): boolean {
      const facts = of(id);
      if (agent && facts.agent !== agent) return false;
      return !project || [facts.project, facts.workspace].some((one) => contains(one ?? '', project));
    },
  };
}

const contains = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());

function remember<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
