// What agents' shells told of commits: the adapters find these where git prints the new commit's id.
import type { Db } from '../../store/index.ts';

export interface ShellWord {
  readonly session: string;
  readonly operation: string;
  /** As git printed it: abbreviated. */
  readonly sha: string;
}

interface Row {
  readonly key: string;
  readonly session: string;
}

/** The agent wrote it when the command was called, or when it was over. */
const slackMs = 3_600_000;

const wordOf = ({ key, session }: Row): ShellWord[] => {
  const [, operation, sha] = /^(.*)\|commit\|([0-9a-f]{7,64})$/.exec(key) ?? [];
  return operation === undefined || sha === undefined ? [] : [{ session, operation, sha }];
};

/** The operations that made a commit, of a session. */
export function shellWords(db: Db): (session: string, sha: string, at: number) => ShellWord[] {
  const around = db.prepare<[string, number, number], Row>(
    "SELECT key, session FROM entry WHERE session = ? AND at BETWEEN ? AND ? AND kind = 'commit'",
  );
  return (session, sha, at) =>
    around
      .all(session, at - slackMs, at + slackMs)
      .flatMap(wordOf)
      .filter((one) => sha.startsWith(one.sha));
}

export interface ToldCommit extends ShellWord {
  readonly workspace: string;
  readonly at: number;
}

/** What shells told since then of commits that no record is of. */
export function toldCommits(db: Db, since: number): ToldCommit[] {
  const isKnown = db.prepare("SELECT 1 FROM record WHERE kind = 'commit' AND subject >= ? AND subject < ?");
  return db
    .prepare<[number, number], Row & { at: number; workspace: string }>(
      `SELECT e.key, e.session, e.at, s.workspace FROM session s JOIN entry e ON e.session = s.id AND e.at >= ?
       WHERE s.ended_at >= ? AND s.workspace IS NOT NULL AND e.kind = 'commit'`,
    )
    .all(since, since)
    .flatMap((row) => wordOf(row).map((one) => ({ ...one, at: row.at, workspace: row.workspace })))
    .filter(({ sha }) => !isKnown.get(sha, `${sha}g`));
}
