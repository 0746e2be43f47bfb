// Writes entries, the timeline. An entry found in several transcripts (forks, copies) is kept once; `copy` remembers
// where else it stands, and its own place is that of the owner.
import type { Database } from 'better-sqlite3';
import { longerOf } from '../condense.ts';
import type { EntryRow } from '../rows.ts';
import { holderColumns, noteKin, ownerOf } from './batch.ts';
import type { Batch, Holder } from './batch.ts';

interface StoredEntry {
  id: number;
  kind: string;
  session: string;
  run: string;
  turn: string | null;
  source: string;
  pos: number;
  rank: number;
  at: number;
  text: string;
  detail: string | null;
}

type CopyRow = Pick<StoredEntry, 'session' | 'run' | 'turn' | 'source' | 'pos' | 'at'>;

export function entryWriter(db: Database, batch: Batch) {
  const insert = db.prepare(
    'INSERT INTO entry(key, kind, session, run, turn, source, pos, rank, at, text, detail) VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT(key) DO NOTHING',
  );
  const find = db.prepare<[string], StoredEntry>('SELECT * FROM entry WHERE key = ?');
  const place = db.prepare(
    'UPDATE entry SET session = ?, run = ?, turn = ?, source = ?, pos = ?, rank = ?, at = ? WHERE id = ?',
  );
  const placeOperation = db.prepare(
    'UPDATE operation SET session = ?, run = ?, turn = ?, at = ? WHERE id = ?',
  );
  const setText = db.prepare('UPDATE entry SET text = ?, detail = ? WHERE id = ?');
  const unindex = db.prepare("INSERT INTO search(search, rowid, text) VALUES ('delete', ?, ?)");
  const index = db.prepare('INSERT INTO search(rowid, text) VALUES (?, ?)');
  const copies = db.prepare<[string], CopyRow & Pick<Holder, 'ended' | 'forkedFrom'>>(
    `SELECT c.*, ${holderColumns} FROM copy c WHERE c.key = ?`,
  );
  const addCopy = db.prepare(
    'INSERT INTO copy(key, source, session, run, turn, pos, at) VALUES (?,?,?,?,?,?,?) ON CONFLICT DO NOTHING',
  );

  // Copies are those of the best rank: of what a transcript holds, progress records tell nothing more.
  const dropCopies = db.prepare<[string], CopyRow>('DELETE FROM copy WHERE key = ? RETURNING *');

  function moveTo(key: string, old: StoredEntry, to: CopyRow & { rank: number }): void {
    place.run(to.session, to.run, to.turn, to.source, to.pos, to.rank, to.at, old.id);
    if (old.kind === 'operation') placeOperation.run(to.session, to.run, to.turn, to.at, key);
    batch.sessions.add(old.session).add(to.session);
  }

  function join(source: string, row: EntryRow, old: StoredEntry): void {
    const text = longerOf(old.text, row.text);
    const detail = longerOf(old.detail, row.detail);
    if (text !== old.text || detail !== old.detail) {
      setText.run(text, detail, old.id);
      if (text !== old.text && old.id <= batch.lastEntry) {
        if (old.text) unindex.run(old.id, old.text);
        if (text) index.run(old.id, text);
      }
    }
    const { session, run, at, pos, rank } = row.place;
    const turn = row.place.turn ?? null;
    if (rank < old.rank) {
      const former = dropCopies.all(row.key);
      noteKin(batch.formerKin, former);
      for (const copy of former) batch.sessions.add(copy.session);
      moveTo(row.key, old, { session, run, turn, source, pos, rank, at });
    } else if (rank === old.rank && source !== old.source) {
      addCopy.run(row.key, old.source, old.session, old.run, old.turn, old.pos, old.at);
      addCopy.run(row.key, source, session, run, turn, pos, at);
      batch.sharedEntries.add(row.key);
    }
  }

  return {
    /** True if the entry is new: then its place is the one given. */
    write(source: string, row: EntryRow): boolean {
      const { session, run, turn, at, pos, rank } = row.place;
      const { changes } = insert.run(
        row.key,
        row.kind,
        session,
        run,
        turn ?? null,
        source,
        pos,
        rank,
        at,
        row.text,
        row.detail,
      );
      if (changes === 0) join(source, row, find.get(row.key) as StoredEntry);
      batch.sessions.add(session);
      return changes === 1;
    },

    /** Gives every shared entry to its owner. */
    settle(): void {
      for (const key of batch.sharedEntries) {
        const places = copies.all(key);
        const old = find.get(key);
        if (!old) continue;
        noteKin(batch.kin, places);
        const owner = ownerOf(places.map((copy) => ({ ...copy, rank: old.rank })));
        if (owner && (owner.source !== old.source || owner.session !== old.session)) moveTo(key, old, owner);
        for (const { session } of places) batch.sessions.add(session);
      }
      batch.sharedEntries.clear();
    },
  };
}
