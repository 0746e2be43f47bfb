// Joins the facts of one batch of one source, so that each thing is written once per batch. Pure, and done where the
// facts are made (in an import worker), which leaves the one thread that writes SQLite less to do.
import { rank } from '../model/index.ts';
import type { Fact, OperationStatus, Place } from '../model/index.ts';
import type {
  ActionRow,
  ChangeRow,
  CheckpointRow,
  Condensed,
  EntryRow,
  MessageRow,
  OddityRow,
  OperationRow,
  RecordRow,
  RunRow,
  SessionValueRow,
} from './rows.ts';

/** Text above this is cut in the index; the stream holds all of it. */
export const maxText = 64 * 1024;

const statusOrder: readonly OperationStatus[] = ['pending', 'success', 'failed', 'interrupted', 'blocked'];

/** Joins what two tellings know of one operation; the order of the two does not matter. `a`'s place is kept. */
export function joinOperations(a: OperationRow, b: OperationRow): OperationRow {
  const better = b.statusBy - a.statusBy || statusOrder.indexOf(b.status) - statusOrder.indexOf(a.status);
  const status = better > 0 ? b : a;
  const longer = b.durationBy - a.durationBy || (b.durationMs ?? -1) - (a.durationMs ?? -1);
  const duration = longer > 0 ? b : a;
  const approval = strongerApproval(a, b);
  return {
    id: a.id,
    place: a.place,
    name: maxOf(a.name, b.name) ?? '',
    type: a.name === '' ? b.type : a.type,
    message: maxOf(a.message, b.message),
    description: maxOf(a.description, b.description),
    status: status.status,
    statusBy: status.statusBy,
    isError: Math.max(a.isError, b.isError),
    resultAt: a.resultAt && b.resultAt ? Math.min(a.resultAt, b.resultAt) : a.resultAt || b.resultAt,
    durationMs: duration.durationMs,
    durationBy: duration.durationBy,
    spawned: maxOf(a.spawned, b.spawned),
    batch: maxOf(a.batch, b.batch),
    detail: longerOf(a.detail, b.detail),
    approval: approval.approval,
    approvalBy: approval.approvalBy,
  };
}

function strongerApproval(a: OperationRow, b: OperationRow): OperationRow {
  const weight = (o: OperationRow): number => (o.approval === 'denied' ? 2 : o.approval ? 1 : 0);
  if (weight(a) !== weight(b)) return weight(a) > weight(b) ? a : b;
  return maxOf(a.approvalBy, b.approvalBy) === a.approvalBy ? a : b;
}

/** The greater of two, null being the least: a choice that does not depend on order. */
export function maxOf<T extends string | number>(a: T | null, b: T | null): T | null {
  if (a === null) return b;
  return b === null || a >= b ? a : b;
}

/** The longer of two texts, then the greater. */
export function longerOf<T extends string | null>(a: T, b: T): T {
  const by = (a?.length ?? -1) - (b?.length ?? -1);
  if (by !== 0) return by > 0 ? a : b;
  return (a ?? '') >= (b ?? '') ? a : b;
}

const cut = (text: string): string => (text.length > maxText ? text.slice(0, maxText) : text);

export function condense(facts: Iterable<Fact>): Condensed {
  const entries = new Map<string, EntryRow>();
  const messages = new Map<string, MessageRow>();
  const operations = new Map<string, OperationRow>();
  const changes = new Map<string, ChangeRow>();
  const runs = new Map<string, RunRow>();
  const values = new Map<string, SessionValueRow>();
  const oddities = new Map<string, OddityRow>();
  const checkpoints = new Map<string, CheckpointRow>();
  const actions = new Map<string, ActionRow>();
  const records = new Map<string, RecordRow>();

  const entry = (key: string, kind: string, place: Place, text: string, detail: unknown): void => {
    const row = {
      key,
      kind,
      place,
      text: cut(text),
      detail: detail === undefined ? null : JSON.stringify(detail),
    };
    const before = entries.get(key);
    if (!before) entries.set(key, row);
    else if (before.place.rank > place.rank) entries.set(key, row);
    else if (before.place.rank === place.rank) entries.set(key, joinEntries(before, row));
  };
  const operation = (key: string, place: Place, told: Partial<OperationRow>): void => {
    const row: OperationRow = { ...nothingTold, ...told, id: key, place };
    const before = operations.get(key);
    operations.set(
      key,
      before ? { ...joinOperations(before, row), place: firstPlace(before.place, place) } : row,
    );
  };

  // A function of its own, so that it is optimised though the loop around it runs seldom.
  const add = (f: Fact): void => {
    switch (f.fact) {
      case 'entry':
        entry(f.key, f.kind, f.place, f.text, f.detail);
        break;
      case 'message': {
        const row = messageRow(f.key, f);
        const before = messages.get(f.key);
        if (!before || before.place.rank > f.place.rank) messages.set(f.key, row);
        // A later line has the counts, which `pos` leads to; the first has the place.
        else if (before.place.rank === f.place.rank)
          messages.set(f.key, {
            ...row,
            place: { ...before.place, pos: f.place.pos },
            chars: Math.max(before.chars, row.chars),
          });
        break;
      }
      case 'call':
        entry(f.key, 'operation', f.place, f.target, undefined);
        operation(f.key, f.place, {
          name: f.name,
          type: f.type,
          message: f.message ?? null,
          description: f.description ?? null,
        });
        break;
      case 'result': {
        const by = f.place.rank === rank.hook ? 1 : 2;
        entry(f.key, 'operation', f.place, '', undefined);
        operation(f.key, f.place, {
          status: f.status,
          statusBy: by,
          isError: Number(f.isError),
          resultAt: f.place.at,
          durationMs: f.durationMs === undefined ? null : Math.round(f.durationMs),
          // Here a hook knows better: it measures without the permission prompt.
          durationBy: f.durationMs === undefined ? 0 : 3 - by,
          spawned: f.spawned ?? null,
          batch: f.batch ?? null,
          detail: f.detail === undefined ? null : JSON.stringify(f.detail),
        });
        if (f.error) entry(`${f.key}|error`, 'error', f.place, f.error, undefined);
        break;
      }
      case 'approval':
        entry(f.key, 'operation', f.place, '', undefined);
        operation(f.key, f.place, { approval: f.decision, approvalBy: f.by });
        break;
      case 'change': {
        const text = `${f.path}\n${f.diff}`;
        entry(`${f.operation}|${f.path}`, 'change', f.place, text, undefined);
        changes.set(`${f.operation}|${f.path}`, {
          operation: f.operation,
          path: f.path,
          kind: f.kind,
          added: f.added,
          removed: f.removed,
          partial: Number(f.partial || text.length > maxText),
        });
        break;
      }
      case 'run': {
        const row: RunRow = {
          session: f.place.session,
          id: f.run,
          type: f.type ?? null,
          description: f.description ?? null,
          model: f.model ?? null,
          operation: f.operation ?? null,
          parent: f.parent ?? null,
          status: f.status ?? null,
          startedAt: f.startedAt ?? 0,
          endedAt: f.endedAt ?? 0,
        };
        const key = `${row.session}\0${row.id}`;
        const before = runs.get(key);
        runs.set(key, before ? joinRuns(before, row) : row);
        break;
      }
      case 'session': {
        const key = `${f.session}\0${f.name}\0${f.value}`;
        const before = values.get(key);
        if (before) {
          before.weight = Math.max(before.weight, f.weight ?? 0);
          before.firstAt = earliest(before.firstAt, f.at);
          before.lastAt = Math.max(before.lastAt, f.at);
        } else {
          const { session, name, value, weight = 0, at } = f;
          values.set(key, { session, name, value, weight, firstAt: at, lastAt: at });
        }
        break;
      }
      case 'checkpoint':
        checkpoints.set(f.key, f);
        break;
      case 'action':
        actions.set(f.key, f);
        break;
      case 'record':
        if (f.at < (records.get(f.key)?.at ?? Infinity)) records.set(f.key, f);
        break;
      case 'oddity': {
        const key = `${f.kind}\0${f.what}`;
        const before = oddities.get(key);
        if (before) before.count++;
        else oddities.set(key, { kind: f.kind, what: f.what, count: 1, line: f.line, pos: f.pos });
      }
    }
  };
  for (const fact of facts) add(fact);
  return {
    entries: [...entries.values()],
    messages: [...messages.values()],
    operations: [...operations.values()],
    changes: [...changes.values()],
    runs: [...runs.values()],
    values: [...values.values()],
    oddities: [...oddities.values()],
    checkpoints: [...checkpoints.values()],
    actions: [...actions.values()],
    records: [...records.values()],
  };
}

/** The earlier of two times, where 0 is unknown. */
export const earliest = (a: number, b: number): number => (a && b ? Math.min(a, b) : a || b);

/** Two tellings of an entry by channels of one rank: the first place, the longer text. */
export function joinEntries(a: EntryRow, b: EntryRow): EntryRow {
  return { ...a, text: longerOf(a.text, b.text), detail: longerOf(a.detail, b.detail) };
}

/** Two tellings of one subagent. */
export function joinRuns(a: RunRow, b: RunRow): RunRow {
  return {
    session: a.session,
    id: a.id,
    type: maxOf(a.type, b.type),
    description: maxOf(a.description, b.description),
    model: maxOf(a.model, b.model),
    operation: maxOf(a.operation, b.operation),
    parent: maxOf(a.parent, b.parent),
    status: maxOf(a.status, b.status),
    startedAt: earliest(a.startedAt, b.startedAt),
    endedAt: Math.max(a.endedAt, b.endedAt),
  };
}

const firstPlace = (a: Place, b: Place): Place => (b.rank < a.rank ? b : a);

const nothingTold: Omit<OperationRow, 'id' | 'place'> = {
  name: '',
  type: 'other',
  message: null,
  description: null,
  status: 'pending',
  statusBy: 0,
  isError: 0,
  resultAt: 0,
  durationMs: null,
  durationBy: 0,
  spawned: null,
  batch: null,
  detail: null,
  approval: null,
  approvalBy: null,
};

function messageRow(id: string, f: Fact & { fact: 'message' }): MessageRow {
  return {
    id,
    place: f.place,
    model: f.model ?? '',
    ...f.tokens,
    outputFinal: Number(f.outputFinal),
    stopReason: f.stopReason ?? null,
    tier: f.tier ?? '',
    reported: f.reportedCost ?? null,
    chars: f.outputChars ?? 0,
    charged: f.charged ? JSON.stringify(f.charged) : null,
    rest: Number(f.isRest ?? false),
  };
}
