// What is behind a number: the responses that a row adds up, each with the price that was applied, and where its record
// stands. The sum is made of them one by one, so it would differ from the row if the rollup were wrong.
import { ClewError, toMicros } from '../../model/index.ts';
import type { Pricing, Tokens } from '../../model/index.ts';
import { outputHigh } from '../../store/index.ts';
import type { Db } from '../../store/index.ts';
import { iso, tokensOf } from '../rows.ts';
import { messageReader } from './cells.ts';
import type { Message } from './cells.ts';
import { add, noSums, sumsOfMessage } from './figures.ts';
import { boundsOf, gather } from './gather.ts';
import type { Gathered, GatheredRow } from './gather.ts';
import { unknownTime } from './periods.ts';
import { rowOf } from './report.ts';
import { reportedSessions } from './reported.ts';
import type { ExplainedMessage, ExplainOptions, UsageExplanation, UsageGroup } from './types.ts';

/** What an explanation needs beside the index. */
export interface Sources {
  readonly pricing: Pick<Pricing, 'explain'>;
  /** Where clew keeps its stream of a source. */
  readonly streamOf: (agent: string, source: string) => string;
  /** The tokens that an agent's own account of a session has. */
  readonly bookedTokens: (costState: unknown) => number | undefined;
}

/** Throws NOT_FOUND for a key that no row has, AMBIGUOUS for the beginning of several. */
export function explainUsage(
  db: Db,
  key: string,
  options: ExplainOptions,
  sources: Sources,
  now: number,
): UsageExplanation {
  const { gathered, row } = locate(db, key, options, now);
  const [group = 'day', by = null] = gathered.groups;
  const messages = [...behind(db, gathered, row, options)].sort(
    (a, b) => a.at - b.at || (a.id < b.id ? -1 : 1),
  );
  const sums = noSums();
  for (const message of messages) add(sums, sumsOfMessage(message));
  const offset = options.offset ?? 0;
  const tell = teller(db, sources);
  return {
    group,
    by,
    timezone: gathered.calendar.zone.name,
    ...boundsOf(gathered.span),
    row: rowOf(row, gathered, { ...options, breakdown: true }),
    count: messages.length,
    offset,
    messages: messages.slice(offset, offset + (options.limit ?? Infinity)).map(tell),
    sum: { computed: toMicros(sums.cost, sums.cost_rest), highest: toMicros(sums.high, sums.high_rest) },
    reported: reportedSessions(db, row.tally, gathered.sessions, sources.bookedTokens),
  };
}

/** The row that is meant: in the report that these options make, or else in that of all times. */
function locate(
  db: Db,
  key: string,
  options: ExplainOptions,
  now: number,
): { gathered: Gathered; row: GatheredRow } {
  const bounded = options.all || options.since !== undefined || options.until !== undefined;
  for (const all of bounded ? [options.all] : [false, true])
    for (const group of options.group ? [options.group] : groupsWith(key)) {
      const gathered = gather(db, { ...options, group, all }, now);
      const row = pick(gathered.rows, key);
      if (row) return { gathered, row };
    }
  throw new ClewError(
    'NOT_FOUND',
    `no row of this report has the key "${key}"`,
    'the same command without --explain shows the rows; --all those of all times',
  );
}

/** What a key can be of, by its look. */
function groupsWith(key: string): readonly UsageGroup[] {
  if (/^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(key)) return ['5h'];
  if (/^\d{4}-\d\d-\d\d( |$)/.test(key) || key.startsWith(unknownTime.key)) return ['day'];
  if (/^\d{4}-\d\d( |$)/.test(key)) return ['month'];
  return ['session', 'model', 'project', 'agent', 'branch', 'issue', 'day'];
}

function pick(rows: readonly GatheredRow[], key: string): GatheredRow | undefined {
  const exact = rows.find((row) => row.key === key);
  if (exact || key === '') return exact;
  const found = rows.filter((row) => row.key.startsWith(key));
  if (found.length < 2) return found[0];
  throw new ClewError(
    'AMBIGUOUS',
    `"${key}" is the beginning of several rows: ${found
      .slice(0, 5)
      .map((row) => row.key)
      .join(', ')}${found.length > 5 ? ', …' : ''}`,
    'give the whole key',
  );
}

function* behind(
  db: Db,
  { atoms, keyOf }: Gathered,
  row: GatheredRow,
  options: ExplainOptions,
): Generator<Message> {
  const within = row.period
    ? atoms.filter((one) => one.start < row.period!.end && one.end > row.period!.start)
    : atoms;
  const messages = messageReader(db, options);
  for (const session of row.tally.sessions.keys())
    for (const atom of within)
      for (const message of messages(session, atom))
        if (keyOf({ ...message, atom }) === row.key) yield message;
}

function teller(db: Db, { pricing, streamOf }: Sources): (message: Message) => ExplainedMessage {
  const place = db.prepare<[string], { agent: string; path: string }>(
    'SELECT agent, path FROM source WHERE id = ?',
  );
  const copies = db.prepare<[string], { n: number }>('SELECT count(*) AS n FROM message_copy WHERE id = ?');
  return (m) => {
    const tokens = tokensOf(m);
    const charged = m.charged === null ? null : (JSON.parse(m.charged) as Tokens);
    const isRest = m.rest === 1;
    const { price, unpriced } = pricing.explain({
      model: m.model,
      at: m.at,
      tier: m.tier,
      tokens: charged ?? tokens,
      isRest,
    });
    const source = place.get(m.source);
    return {
      id: m.id,
      at: iso(m.at),
      session: m.session,
      run: m.run,
      model: m.model,
      tier: m.tier,
      tokens,
      charged,
      isRest,
      outputIsLowerBound: m.output_final === 0,
      highestOutput: outputHigh(m),
      cost: m.cost === null ? null : toMicros(0, m.cost),
      picodollars: m.cost,
      highestPicodollars: m.cost_high,
      reported: m.reported,
      price,
      unpriced,
      record: {
        source: m.source,
        path: source?.path ?? '',
        stream: source ? streamOf(source.agent, m.source) : '',
        pos: m.pos,
      },
      // The counted one is among them.
      copies: Math.max(0, (copies.get(m.id)?.n ?? 0) - 1),
    };
  };
}
