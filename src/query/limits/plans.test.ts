// Limits and alerts are looked at by every overview and every status line: their queries must be found by a range of a key.
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { tempFolder } from '../../../test/support/home.ts';
import { openIndex } from '../../store/index.ts';
import { crossedSql } from './crossings.ts';
import { costsSql, outcomesSql } from './hours.ts';
import { ofProject, projectsSql } from './scopes.ts';

test.each([
  ['costs of hours', costsSql, 'SEARCH usage USING PRIMARY KEY (bucket>? AND bucket<?)'],
  ['outcomes of hours', outcomesSql, 'SEARCH s USING COVERING INDEX session_ended (ended_at>?)'],
  ['outcomes of hours', outcomesSql, 'SEARCH o USING INDEX operation_session (session=?)'],
  ['months of projects', projectsSql, 'SEARCH usage USING PRIMARY KEY (bucket>? AND bucket<?)'],
  ['months of projects', projectsSql, 'SEARCH s USING PRIMARY KEY (id=?)'],
  ['the moment of a project', crossedSql('cost', ofProject), 'USING INDEX session_ended (ended_at>?)'],
  ['the moment of a session', crossedSql('cost', 'session = ?'), 'USING INDEX usage_session (session=?'],
])('%s', (_, sql, step) => {
  const { db } = openIndex(path.join(tempFolder(), 'index.db'), 0);
  onTestFinished(() => {
    db.close();
  });
  const plan = db
    .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    .all(...Array.from(sql.matchAll(/\?/g), () => 1));
  expect(plan.map((one) => one.detail).join('\n')).toContain(step);
});
