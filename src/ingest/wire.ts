// Batches on their way from a worker to the committing thread, as JSON: that takes half the time of a structured clone.
// Places repeat a few long ids thousands of times, so each id travels once, and a place as numbers.
import type { Place, Rank } from '../model/index.ts';
import type { Prepared } from './batch-writer.ts';

type PackedPlace = readonly [
  session: number,
  run: number,
  turn: number,
  at: number,
  pos: number,
  rank: number,
];

/** The turn of a place that has none. */
const none = -1;

export function pack(batch: Prepared): string {
  const ids = new Map<string, number>();
  const idOf = (text: string): number => {
    const known = ids.get(text);
    if (known !== undefined) return known;
    ids.set(text, ids.size);
    return ids.size - 1;
  };
  const packPlace = (place: Place): PackedPlace => [
    idOf(place.session),
    idOf(place.run),
    place.turn === undefined ? none : idOf(place.turn),
    place.at,
    place.pos,
    place.rank,
  ];
  const packRows = (rows: readonly { readonly place: Place }[]): unknown[] => {
    const names = columnsOf(rows);
    return rows.map((row) => [packPlace(row.place), ...names.map((name) => row[name as keyof typeof row])]);
  };
  const { facts, ...rest } = batch;
  const packed = {
    ...rest,
    facts: {
      ...facts,
      entries: facts.entries.map(({ place, key, kind, text, detail }) => [
        packPlace(place),
        key,
        kind,
        text,
        detail,
      ]),
      messages: packRows(facts.messages),
      operations: packRows(facts.operations),
    },
    columns: { messages: columnsOf(facts.messages), operations: columnsOf(facts.operations) },
  };
  return JSON.stringify({ ...packed, ids: [...ids.keys()] });
}

/** The columns of rows, which all have the same. */
const columnsOf = (rows: readonly object[]): string[] =>
  Object.keys(rows[0] ?? {}).filter((name) => name !== 'place');

interface Packed extends Omit<Prepared, 'facts'> {
  readonly facts: Omit<Prepared['facts'], 'entries' | 'messages' | 'operations'> & {
    readonly entries: readonly [PackedPlace, string, string, string, string | null][];
    readonly messages: readonly [PackedPlace, ...unknown[]][];
    readonly operations: readonly [PackedPlace, ...unknown[]][];
  };
  readonly columns: { readonly messages: readonly string[]; readonly operations: readonly string[] };
  readonly ids: readonly string[];
}

export function unpack(text: string): Prepared {
  const { facts, columns, ids, ...rest } = JSON.parse(text) as Packed;
  const place = ([session, run, turn, at, pos, rank]: PackedPlace): Place => ({
    session: ids[session] ?? '',
    run: ids[run] ?? '',
    turn: turn === none ? undefined : ids[turn],
    at,
    pos,
    rank: rank as Rank,
  });
  const rows = (names: readonly string[], packed: readonly [PackedPlace, ...unknown[]][]): unknown[] =>
    packed.map(([where, ...values]) => {
      const row: Record<string, unknown> = { place: place(where) };
      for (let i = 0; i < names.length; i++) row[names[i] ?? ''] = values[i];
      return row;
    });
  return {
    ...rest,
    facts: {
      ...facts,
      entries: facts.entries.map(([where, key, kind, words, detail]) => ({
        key,
        kind,
        place: place(where),
        text: words,
        detail,
      })),
      messages: rows(columns.messages, facts.messages) as Prepared['facts']['messages'],
      operations: rows(columns.operations, facts.operations) as Prepared['facts']['operations'],
    },
  };
}
