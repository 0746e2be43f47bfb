// Takes in what is new, tells whose doing the changes of files were, and keeps the store of checkpoints small.
import { existsSync } from 'node:fs';
import type { AlertOptions } from './alerts-here.ts';
import { lookForCommits } from './look-for-commits.ts';
import { attributeNews } from './attribution-here.ts';
import type { Connection } from './connection.ts';
import type { IngestOptions, IngestReport } from './ingest/index.ts';
import { explainNotWritable } from './model/index.ts';
import type { Config, Context } from './model/index.ts';
import type { Moment } from './query/index.ts';
import {
  attribute,
  hasDropped,
  journalFolder,
  needsTending,
  objectsOf,
  readJournal,
  recoverJournal,
  tend,
  thin,
  writeSettings,
} from './workspace/index.ts';

export interface TakingIn {
  readonly takeIn: (how?: IngestOptions & AlertOptions) => Promise<IngestReport>;
  /** What can be told, and tidied up, though nothing came: processes end, and time goes by. */
  readonly lookAgain: () => void;
}

export function takingIn(
  context: Context,
  config: Config,
  { db, guarded, importing }: Connection,
  moment: () => Moment,
  tellAlerts: (how?: AlertOptions) => void,
): TakingIn {
  const { clewHome } = context;
  const attributeAll = (): void => {
    guarded(() => attribute(db(), objectsOf(clewHome), moment));
  };
  const commits = (quick: boolean, isNews: boolean): number =>
    guarded(() => lookForCommits(context, config, { db }, moment, { quick, isNews }));

  const lines = (): number => guarded(() => attributeNews(context, config, db));

  function keepStoreSmall(): void {
    const thinned = guarded(() => thin(db(), context, config.checkpoints ?? {}));
    const isDue = thinned !== undefined && (thinned.gone > 0 || hasDropped(clewHome));
    // What a dead process has left to be finished may be in no tree yet.
    const prune = isDue && readJournal(clewHome).length === 0;
    if (prune || needsTending(clewHome)) tend(clewHome, { prune });
  }

  async function takeIn(how?: IngestOptions & AlertOptions): Promise<IngestReport> {
    writeSettings(context, config.checkpoints ?? {});
    if (existsSync(journalFolder(clewHome))) recoverJournal(context, objectsOf(clewHome));
    const report = await importing((ingester) => ingester.run(how));
    attributeAll();
    if (report.ran) {
      const isNews = report.lines + report.hookCalls > 0;
      const seen = how?.paths === undefined ? commits(how?.quick === true, isNews) : 0;
      if (seen > 0) await importing((ingester) => ingester.run({ paths: [] }));
      if (how?.paths === undefined && (seen > 0 || isNews) && lines() > 0)
        await importing((ingester) => ingester.run({ paths: [] }));
      keepStoreSmall();
      tellAlerts(how);
    }
    return report;
  }

  return {
    takeIn: (how) =>
      takeIn(how).catch((error: unknown) => {
        throw explainNotWritable(error, clewHome);
      }),
    lookAgain() {
      attributeAll();
      commits(true, true);
      keepStoreSmall();
    },
  };
}
