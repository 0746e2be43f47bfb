// Reads what a report is made of and sorts it into rows: the one way from a request to its rows, for reports and for
// explanations alike.
import { bucketMs } from '../../store/index.ts';
import type { Db } from '../../store/index.ts';
import { iso } from '../rows.ts';
import { fineCellReader, nextUse, readCells } from './cells.ts';
import type { Tell } from './cells.ts';
import { atomsOf, calendarOf, isPeriod, unknownTime } from './periods.ts';
import type { Atom, Calendar, Period, Span } from './periods.ts';
import { sessionsOf } from './sessions.ts';
import type { Sessions } from './sessions.ts';
import { byCost, count, modelName, newTally, sumOf } from './tally.ts';
import type { Tally } from './tally.ts';
import type { UsageGroup, UsageOptions } from './types.ts';
import { zoneNamed } from './zone.ts';

/** As ISO 8601; null where a report has no bound. */
export const boundsOf = ({ start, end }: Span): { from: string | null; until: string | null } => ({
  from: start === earliest ? null : iso(start),
  until: end === latest ? null : iso(end),
});

/** Something that was used, for which it is to be told which row it belongs to. */
export interface Used {
  readonly atom: Atom;
  readonly session: string;
  readonly model: string;
  readonly at: number;
}

export interface GatheredRow {
  readonly key: string;
  readonly values: readonly string[];
  /** The time that it stands for, where it does. */
  readonly period: Span | undefined;
  readonly tally: Tally;
}

export interface Gathered {
  readonly groups: readonly UsageGroup[];
  readonly calendar: Calendar;
  readonly sessions: Sessions;
  readonly span: Span;
  readonly atoms: readonly Atom[];
  /** In the order in which they are shown. */
  readonly rows: readonly GatheredRow[];
  readonly total: Tally;
  /** The key of the row that something belongs to; undefined where the filter does not let it through. */
  readonly keyOf: (used: Used) => string | undefined;
}

const separator = ' / ';
/** The bounds of all times. */
const earliest = unknownTime.end;
const latest = 8_640_000_000_000_000;

export function gather(db: Db, options: UsageOptions, now: number): Gathered {
  const { group = 'day', by } = options;
  const groups = by === undefined || by === group ? [group] : [group, by];
  const calendar = calendarOf(zoneNamed(options.timezone), options.weekStart);
  const sessions = sessionsOf(db);
  const next = nextUse(db, options);
  const span = spanOf(options, group, calendar, now);
  const kinds = groups.filter(isPeriod);
  const atoms = atomsOf(calendar, kinds, span, next);
  // What has no time lies in no period that was asked for, and is left out of none that was not.
  if (options.since === undefined && options.until === undefined)
    atoms.push({ ...unknownTime, periods: kinds.map(() => unknownTime) });

  const needsIssue = groups.includes('issue');
  const needsBranch = options.branch !== undefined || needsIssue || groups.includes('branch');
  const valuesOf = (used: Used): string[] =>
    groups.map((one) => valueOf(one, used, kinds.indexOf(one as never), sessions));
  const passes = ({ session, at }: Used): boolean =>
    sessions.passes(session, options) &&
    (options.branch === undefined || sessions.branchAt(session, at) === options.branch);

  const rows = new Map<string, GatheredRow>();
  const total = newTally();
  const passing = readCells(db, atoms, options).filter((cell) => sessions.passes(cell.session, options));
  const used = new Set(passing.map(({ session }) => session));
  const several = [
    ...(needsBranch ? sessions.lookUpBranches(used) : []),
    ...(needsIssue ? sessions.lookUpIssues(used, options.issues) : []),
  ];
  const byBranch = options.branch !== undefined || groups.includes('branch');
  const tell: Tell = (session, at) =>
    `${byBranch ? sessions.branchAt(session, at) : ''}\n${needsIssue ? sessions.issueAt(session, at) : ''}`;
  const changing = new Set(several.filter((session) => !sessions.isSteady(session, tell)));
  const fine = Map.groupBy(
    passing.filter(({ session }) => changing.has(session)),
    ({ session }) => session,
  );
  const isSteady = (id: string, start: number, end: number): boolean =>
    sessions.isSteady(id, tell, start, end);
  const finely = fineCellReader(db, options, isSteady, tell);
  const cells = [
    ...passing.filter(({ session }) => !fine.has(session)),
    ...[...fine].flatMap(([session, coarse]) =>
      [...new Set(coarse.map(({ atom }) => atom))].flatMap((atom) => finely(session, atom)),
    ),
  ];
  for (const cell of cells) {
    if (!passes(cell)) continue;
    const values = valuesOf(cell);
    const key = values.join(separator);
    const row = rows.get(key) ?? { key, values, period: periodOf(cell.atom, span), tally: newTally() };
    rows.set(key, row);
    for (const tally of [row.tally, total]) count(tally, cell.session, cell.model, cell.sums);
  }
  return {
    groups,
    calendar,
    sessions,
    span,
    atoms,
    rows: inOrder([...rows.values()], groups),
    total,
    keyOf: (used) => (passes(used) ? valuesOf(used).join(separator) : undefined),
  };
}

/** Whole quarters of an hour. */
function spanOf(
  { since, until, all }: UsageOptions,
  group: UsageGroup,
  calendar: Calendar,
  now: number,
): Span {
  const whole = (at: number, round: (n: number) => number): number => round(at / bucketMs) * bucketMs;
  const whence = (): number =>
    all || until !== undefined ? earliest : calendar.defaultStart(isPeriod(group) ? group : 'day', now);
  // Clocks of other machines may be ahead.
  return {
    start: Math.max(earliest, whole(since ?? whence(), Math.floor)),
    end: until === undefined ? latest : whole(until + 1, Math.ceil),
  };
}

function valueOf(
  group: UsageGroup,
  { atom, session, model, at }: Used,
  index: number,
  sessions: Sessions,
): string {
  if (isPeriod(group)) return (atom.periods[index] as Period).key;
  const known = sessions.of(session);
  const values = {
    session: () => session,
    model: () => modelName(model),
    agent: () => known.agent,
    project: () => known.project ?? known.workspace ?? 'no project',
    branch: () => sessions.branchAt(session, at) ?? 'no branch',
    issue: () => sessions.issueAt(session, at) ?? 'no issue',
  } as const;
  return values[group]();
}

/** What all periods of an atom have in common, cut to the span. */
function periodOf({ periods }: Atom, span: Span): Span | undefined {
  if (periods.length === 0 || periods[0] === unknownTime) return undefined;
  return {
    start: Math.max(span.start, ...periods.map((one) => one.start)),
    end: Math.min(span.end, ...periods.map((one) => one.end)),
  };
}

/** What the rows of each first value add up to. */
function together(rows: readonly GatheredRow[]): Map<string, Tally> {
  const all = Map.groupBy(rows, ({ values }) => values[0]!);
  return new Map([...all].map(([value, own]) => [value, sumOf(own.map(({ tally }) => tally))]));
}

/** Times in order, what has none first; anything else by cost, the rows of one value together. */
function inOrder(rows: GatheredRow[], groups: readonly UsageGroup[]): GatheredRow[] {
  const first = isPeriod(groups[0]!) ? new Map<string, Tally>() : together(rows);
  const text = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
  const timed = (a: string, b: string): number =>
    Number(b === unknownTime.key) - Number(a === unknownTime.key) || text(a, b);
  return rows.sort((a, b) => {
    const [[a1 = '', a2 = ''], [b1 = '', b2 = '']] = [a.values, b.values];
    if (a1 !== b1)
      return isPeriod(groups[0]!) ? timed(a1, b1) : byCost(first.get(a1)!, first.get(b1)!) || text(a1, b1);
    return groups[1] && isPeriod(groups[1]) ? timed(a2, b2) : byCost(a.tally, b.tally) || text(a2, b2);
  });
}
