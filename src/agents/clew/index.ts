// Clew's own records: checkpoints that hooks and commands took, what clew did to files (docs/checkpoints.md), and the
// journal (docs/journal.md).
import { actionKinds, innerLine, leftOutLine, rank } from '../../model/index.ts';
import type { ActionKind, Emit, PlacedRecord, RecordReader } from '../../model/index.ts';

import { readRecorded } from './recorded.ts';

type Json = Record<string, unknown>;

export const ownReader = (): RecordReader => ({
  read(record, emit) {
    const { checkpoint, payload, record: recorded } = record.value;
    if (isObject(recorded)) readRecorded(record, recorded, emit);
    else if (isObject(checkpoint)) readCheckpoint(record, checkpoint, emit);
    else if (isObject(payload) && actionKinds.includes(payload['kind'] as ActionKind))
      readAction(record, payload, emit);
    else {
      const what = isObject(payload) ? 'own record of an unknown kind' : 'own record';
      emit({ fact: 'oddity', kind: 'wrong-shape', what, pos: record.pos, line: record.line });
    }
  },
  state: () => null,
});

function readCheckpoint({ value, pos }: PlacedRecord, told: Json, emit: Emit): void {
  emit({
    fact: 'checkpoint',
    key: text(value['id']) ?? '',
    at: number(value['time']),
    pos,
    root: text(told['root']) ?? '',
    trigger: text(told['event']) ?? '',
    session: text(told['session']),
    run: text(told['run']),
    operation: text(told['tool']),
    tree: text(told['tree']),
    head: text(told['head']),
    branch: text(told['branch']),
    late: told['late'] === '1',
    why: text(told['why']),
    message: text(told['message']),
    inner: lines(told['inner']).map(innerLine),
    leftOut: lines(told['left']).map(leftOutLine),
    leftOutMore: Number(text(told['more']) ?? 0),
  });
}

function readAction({ value, pos }: PlacedRecord, told: Json, emit: Emit): void {
  const session = text(told['session']);
  const key = text(told['id']) ?? text(value['id']) ?? '';
  const at = number(value['time']);
  const words = `${String(told['kind'])}: ${text(told['title']) ?? ''}`;
  if (session !== null) {
    const place = { session, run: session, turn: undefined, at, pos, rank: rank.hook };
    emit({ fact: 'entry', key, kind: 'action', place, text: words });
  }
  const operations = Array.isArray(told['operations']) ? told['operations'] : [];
  emit({
    fact: 'action',
    key,
    at,
    pos,
    root: text(told['root']) ?? '',
    kind: told['kind'] as ActionKind,
    title: text(told['title']) ?? '',
    operations: operations.filter((one) => typeof one === 'string'),
    reverts: text(told['reverts']),
    before: text(told['before']) ?? '',
    after: text(told['after']) ?? '',
    detail: told['detail'],
  });
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
/** What is absent is written as `-` by the hook, which has no null. */
const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' && value !== '-' ? value : null;
const lines = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
