// Models that were met and have no price, with what they used.
import type { Tokens } from '../model/index.ts';
import type { Db } from '../store/index.ts';
import { sumTokens, tokensOf } from './rows.ts';
import type { TokenColumns } from './rows.ts';

export interface UnpricedUse {
  readonly model: string;
  readonly messages: number;
  readonly tokens: Tokens;
}

/** The one with most messages first. */
export const unpricedModels = (db: Db): UnpricedUse[] =>
  db
    .prepare<[], TokenColumns & { model: string; messages: number }>(
      `SELECT model, sum(1 - rest) AS messages, ${sumTokens} FROM message WHERE cost IS NULL
       GROUP BY model ORDER BY messages DESC, model`,
    )
    .all()
    .map((row) => ({ model: row.model, messages: row.messages, tokens: tokensOf(row) }));
