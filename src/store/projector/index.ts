// The projector: writes condensed facts into the index, inside the caller's transaction. However facts are cut into
// batches and in whatever order sources are read, the resulting rows are the same (but for entry ids).
import type { Database } from 'better-sqlite3';
import type { Condensed } from '../rows.ts';
import type { Batch } from './batch.ts';
import { approvalWriter } from './approvals.ts';
import { entryWriter } from './entries.ts';
import { joinWriter } from './joins.ts';
import { messageWriter } from './messages.ts';
import { operationWriter } from './operations.ts';
import { recordWriter } from './records.ts';
import { sessionWriter } from './sessions.ts';
import { usageWriter } from './usage.ts';
import type { Prices } from './usage.ts';
import { workspaceWriter } from './workspace.ts';

export interface Projector {
  /** Call when the transaction has begun. */
  begin(): void;
  project(source: string, facts: Condensed): void;
  /** Call before the transaction commits: finds owners, derives sessions, indexes text. */
  settle(): void;
}

/** `pricing`: what the costs of responses are computed with. */
export function createProjector(db: Database, pricing: Prices): Projector {
  const batch: Batch = {
    db,
    sessions: new Set(),
    sharedEntries: new Set(),
    sharedMessages: new Set(),
    kin: new Set(),
    formerKin: new Set(),
    lastEntry: 0,
  };
  const entries = entryWriter(db, batch);
  const usage = usageWriter(db);
  const messages = messageWriter(db, batch, usage, pricing);
  const operations = operationWriter(db, batch);
  const sessions = sessionWriter(db, batch);
  const workspace = workspaceWriter(db);
  const records = recordWriter(db, batch);
  const joins = joinWriter(db, batch);
  const approvals = approvalWriter(db, batch);
  const setOddity = db.prepare(
    'INSERT INTO oddity(source, kind, what, count, line, pos) VALUES (?,?,?,?,?,?) ON CONFLICT DO UPDATE SET count = count + excluded.count',
  );
  const lastEntry = db.prepare<[], { id: number | null }>('SELECT max(id) AS id FROM entry');
  const indexNew = db.prepare(
    "INSERT INTO search(rowid, text) SELECT id, text FROM entry WHERE id > ? AND text <> ''",
  );

  return {
    begin() {
      for (const set of [
        batch.sessions,
        batch.sharedEntries,
        batch.sharedMessages,
        batch.kin,
        batch.formerKin,
      ])
        set.clear();
      usage.begin();
      batch.lastEntry = lastEntry.get()?.id ?? 0;
    },
    project(source, facts) {
      for (const row of facts.values) sessions.writeValue(row);
      const fresh = new Set<string>();
      for (const row of facts.entries) if (entries.write(source, row)) fresh.add(row.key);
      for (const row of facts.messages) messages.write(source, row);
      for (const row of facts.operations) operations.write(row, fresh.has(row.id));
      for (const row of facts.changes) operations.writeChange(row);
      for (const row of facts.runs) operations.writeRun(row);
      for (const row of facts.checkpoints) workspace.writeCheckpoint(row);
      for (const row of facts.actions) workspace.writeAction(row);
      for (const row of facts.records) records.write(source, row);
      for (const row of facts.oddities)
        setOddity.run(source, row.kind, row.what, row.count, row.line, row.pos);
    },
    settle() {
      do {
        entries.settle();
        messages.settle();
      } while (sessions.noticeOrder());
      sessions.forgetKin();
      joins.settle();
      approvals.settle();
      usage.settle();
      for (const session of batch.sessions) sessions.derive(session);
      indexNew.run(batch.lastEntry);
    },
  };
}
