/**
 * The figures of an agent's status line. It is asked for after every answer, so it opens no more of clew than it needs: it
 * takes in what is new of this one session, if that is little and nobody else is importing, and answers from the index.
 */
import { existsSync, statSync } from 'node:fs';
import { readStatus } from './agents/index.ts';
import type { StatusTold } from './agents/index.ts';
import { createIngester } from './ingest/index.ts';
import { loadConfig } from './model/index.ts';
import type { Config, Context, Pricing } from './model/index.ts';
import { loadPricing } from './prices/index.ts';
import { limitsNow, statusFigures } from './query/index.ts';
import type { LimitState, StatusFigures } from './query/index.ts';
import { indexFile, openIfReady } from './store/index.ts';
import type { Db } from './store/index.ts';

export interface Status {
  readonly told: StatusTold;
  /** Undefined where there is no index that could be asked. */
  readonly known: StatusFigures | undefined;
  /** The tightest of the limits that the user has set. */
  readonly limit?: LimitState | undefined;
}

/** More than this is left to the next command. */
const mostBytes = 512_000;
const waitMs = 20;

/** `input`: what the agent wrote on stdin; anything, or nothing, will do. */
export async function statusOf(input: string, context: Context): Promise<Status> {
  const told = readStatus(parsed(input));
  const db = openIfReady(indexFile(context.clewHome));
  if (!db) return { told, known: undefined };
  try {
    const config = loadConfig(context.clewHome);
    await takeIn(db, context, config, told).catch(() => undefined);
    const dayStart = new Date(context.now()).setHours(0, 0, 0, 0);
    const known = statusFigures(db, told.session ?? '', dayStart);
    const { limits: settings, alerts } = config;
    const limit =
      settings && limitsNow(db, { settings, home: context.home }, context.now(), told.session ?? '')[0];
    if (alerts?.command !== undefined) {
      const { alertsHere } = await import('./alerts-here.ts');
      alertsHere(context, config, { db: () => db, guarded: (read) => read() }).tellAlerts();
    }
    return { told, known, limit };
  } finally {
    db.close();
  }
}

function parsed(input: string): unknown {
  try {
    return JSON.parse(input);
  } catch {
    return undefined;
  }
}

async function takeIn(
  db: Db,
  context: Context,
  config: Config,
  { session, transcript }: StatusTold,
): Promise<void> {
  if (session === undefined || transcript === undefined || !existsSync(transcript)) return;
  const known = db
    .prepare<[string], { offset: number }>(
      "SELECT coalesce(max(offset), 0) AS offset FROM source WHERE session = ? AND kind = 'transcript'",
    )
    .get(session);
  const waiting = statSync(transcript).size - (known?.offset ?? 0);
  if (waiting <= 0 || waiting > mostBytes) return;
  const pricing: Pricing = loadPricing(context.clewHome, config);
  await createIngester(db, context, config, pricing).run({ paths: [transcript], waitMs });
}
