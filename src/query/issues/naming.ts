// From an issue to the sessions that may have to do with it: what names it, by each index that can tell. What is found so is
// looked at closely afterwards.
import type { Db } from '../../store/index.ts';

export function sessionsNaming(db: Db, issue: string): string[] {
  const number = issue.replace(/^#/, '');
  const phrase = `"${number.replaceAll('"', '')}"`;
  return db
    .prepare<Record<string, string>, { session: string }>(
      `SELECT session FROM record WHERE kind IN ('work', 'decision') AND subject = @issue AND session IS NOT NULL
       UNION
       SELECT json_extract(data, '$.closedBySession') AS closer FROM record
         WHERE kind = 'issue' AND subject = @issue AND closer IS NOT NULL
       UNION
       SELECT e.session FROM search f JOIN entry e ON e.id = f.rowid
         WHERE f.search MATCH @phrase AND e.kind IN ('prompt', 'command', 'commit')
       UNION
       SELECT l.session FROM record c JOIN record l ON l.kind = 'commit_link' AND l.subject = c.subject
         WHERE c.kind = 'commit' AND instr(c.text, @issue) > 0 AND l.session IS NOT NULL
       UNION
       SELECT session FROM session_value WHERE name = 'branch' AND instr(value, @number) > 0`,
    )
    .all({ issue, number, phrase: /[\p{L}\p{N}]/u.test(number) ? phrase : '"0"' })
    .map((row) => row.session);
}
