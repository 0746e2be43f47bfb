// Where something may well have changed, for a quick look. Thousands of files cannot be asked one by one at each command,
// so what has been quiet for days is asked only by a full look: at `clew import`, by `clew watch`, once a day, and
// whenever a hook has called.
import { statSync } from 'node:fs';
import path from 'node:path';
import { adapters } from '../agents/index.ts';
import type { Config, Context } from '../model/index.ts';
import type { Db } from '../store/index.ts';

const dayMs = 86_400_000;
/** A session that was written to in this time is asked at every look. */
const hotMs = 3 * dayMs;
/** File systems and clocks differ by a little. */
const slackMs = 5000;

/** What a quick look looks at. */
export interface Hot {
  /** Whether a folder may hold something new. */
  enter(folder: string): boolean;
  /** Whether a source that is known may have changed. */
  has(source: string): boolean;
}

/** Undefined where a full look is due. */
export function hotPlaces(db: Db, context: Context, config: Config): Hot | undefined {
  const looked = Number(
    db.prepare<[], { value: string }>("SELECT value FROM meta WHERE key = 'looked'").get()?.value ?? 0,
  );
  const now = context.now();
  if (now - looked > dayMs) return undefined;
  const sources = new Set<string>();
  const folders = new Set<string>();
  /** Folders of hot sessions, and those below them. */
  const sessions = new Set<string>();
  const heat = (file: string): void => {
    sources.add(file);
    // What a session's subagents write lies in a folder of the session's name.
    const own = file.replace(/\.jsonl$/, '');
    sessions.add(own);
    folders.add(own);
    for (let at = path.dirname(file); !folders.has(at) && at !== path.dirname(at); at = path.dirname(at))
      folders.add(at);
  };
  const since = now - hotMs;
  // Of some files only what is inside tells the session: theirs is none, or not what their name says.
  for (const { path: file } of db
    .prepare<{ since: number }, { path: string }>(
      `SELECT s.path FROM session x JOIN source s ON s.session = x.id WHERE x.ended_at >= @since
       UNION SELECT path FROM source WHERE mtime >= @since AND (session IS NULL OR session NOT IN (SELECT id FROM session))`,
    )
    .all({ since }))
    heat(file);
  const ofSession = db.prepare<[string], { path: string }>('SELECT path FROM source WHERE session = ?');
  for (const adapter of adapters)
    for (const root of adapter.roots(context, config))
      for (const session of adapter.processes(root).keys())
        for (const { path: file } of ofSession.all(session)) heat(file);
  return {
    has: (source) => sources.has(source),
    enter(folder) {
      if (folders.has(folder)) return true;
      if (sessions.has(path.dirname(folder))) {
        sessions.add(folder);
        return true;
      }
      // A folder's own time changes when something is added to it or taken away.
      const stat = statSync(folder, { throwIfNoEntry: false });
      return stat !== undefined && stat.mtimeMs >= looked - slackMs;
    },
  };
}

/** Notes that everything has been looked at, as of a time. */
export function noteLook(db: Db, at: number): void {
  db.prepare("INSERT OR REPLACE INTO meta(key, value) VALUES ('looked', ?)").run(String(at));
}
