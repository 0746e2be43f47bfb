// Who wrote which line, as the library offers it: what was recorded of commits, and what is found and recorded where it is
// asked for first.
import path from 'node:path';
import {
  attributeCommits,
  blame,
  commitsIn,
  isOutdated,
  keptAttributions,
  linesOfFiles,
  nothingKnown,
  promptReader,
  readNotes,
  retainedOf,
  totalsOf,
  traceRecord,
  treeOf,
  waitingCommits,
  writeNotes,
} from './attribution/index.ts';
import type {
  Asked,
  AttributionData,
  BlameOptions,
  LineAuthor,
  Retained,
  Totals,
  TraceRecord,
} from './attribution/index.ts';
import type { Connection } from './connection.ts';
import { createRecorder } from './journal/index.ts';
import { ClewError } from './model/index.ts';
import type { Config, Context } from './model/index.ts';
import { version } from './version.ts';

/** `by`: agent or human; of a human all else is null. */
export interface LineWriter {
  readonly by: 'agent' | 'human';
  readonly agent: string | null;
  readonly model: string | null;
  readonly session: string | null;
  readonly run: string | null;
  readonly operation: string | null;
}

/** Who wrote a line: `unknown` also where it could be an agent's or a person's. */
export interface BlameLine {
  readonly line: number;
  readonly text: string;
  /** Null where it is not committed. */
  readonly commit: string | null;
  readonly committedAt: string | null;
  readonly by: 'agent' | 'human' | 'unknown';
  /** Whether it is known who of `authors`. */
  readonly certain: boolean;
  readonly authors: readonly LineWriter[];
  /** Somebody else changed its white space. */
  readonly reformatted: boolean;
  /** Whose line it was before its author reworded it; null where it was nobody else's. */
  readonly reworded: LineWriter | null;
  /** The first line of what the agent was asked. */
  readonly prompt: string | null;
}

export interface AttributionReport extends Totals {
  readonly range: string;
  readonly retained: Retained | null;
}

export interface AttributionHere {
  /** Whose the lines of commits are; what was not known of them is found and recorded. */
  attributed(folder: string, shas: readonly string[]): Map<string, AttributionData>;
  /** Throws BAD_INPUT outside of repositories, GIT_FAILED for what git cannot blame. */
  blame(file: string, options?: BlameOptions): BlameLine[];
  /**
   * How many lines each has written, over the commits of a range; without one, over those since clew knows the project.
   * `retainedDays`: also how many lines of commits that are so old are still there.
   */
  attribution(range?: string, options?: { readonly retainedDays?: number | undefined }): AttributionReport;
  /** The commits of a range as records of the Agent Trace specification, the earliest first. */
  agentTrace(range?: string): TraceRecord[];
  /** Writes the attributions of a range as git notes, under `refs/notes/clew` where no other ref is named. */
  writeNotes(range?: string, ref?: string): { readonly ref: string; readonly notes: number };
}

/** So many commits are looked at where no range says how many. */
const mostCommits = 1000;
const dayMs = 24 * 3_600_000;

export function attributionHere(
  context: Context,
  config: Config,
  { db, guarded }: Pick<Connection, 'db' | 'guarded'>,
): AttributionHere {
  const attributed = attributor(context, config, db);

  function rootHere(): string {
    const tree = treeOf(context.cwd);
    if (tree) return tree.root;
    throw new ClewError('BAD_INPUT', `${context.cwd} is in no git repository`, 'go to one');
  }
  const commitsOf = (range: string | undefined) => commitsIn(db(), rootHere(), range, mostCommits);

  /** What is known, and what git-ai has noted where clew has not seen who wrote. */
  function known(range: string | undefined) {
    const root = rootHere();
    const commits = commitsOf(range);
    const shas = commits.map((one) => one.sha);
    const own = attributed(root, shas);
    const blank = shas.filter((sha) => own.get(sha)?.authors.length === 0);
    return { root, commits, found: new Map([...own, ...readNotes(root, blank)]) };
  }

  return {
    attributed: (folder, shas) => guarded(() => attributed(folder, shas)),
    blame: (file, options = {}) =>
      guarded(() => {
        const full = path.resolve(context.cwd, file);
        const place = { db: db(), objects: objectsIn(context), folder: path.dirname(full) };
        const prompt = promptReader(db());
        return blame(place, full, options, (root, asked) => attributed(root, [...asked.keys()], asked)).map(
          ({ at, authors, reworded, ...line }): BlameLine => {
            const kinds = new Set(authors.map((one) => one.by));
            const [only] = authors;
            return {
              ...line,
              committedAt: at === null ? null : new Date(at).toISOString(),
              by: kinds.size === 1 && only ? only.by : 'unknown',
              certain: authors.length === 1,
              authors: authors.map(writerOf),
              reworded: reworded && writerOf(reworded),
              prompt:
                authors.length === 1 && only?.by === 'agent' && only.operation !== null
                  ? prompt(only.operation)
                  : null,
            };
          },
        );
      }),
    attribution: (range, { retainedDays } = {}) =>
      guarded(() => {
        const { root, commits, found } = known(range);
        const before = context.now() - (retainedDays ?? 0) * dayMs;
        const old = new Map(
          commits
            .filter((one) => one.at <= before)
            .flatMap(({ sha }) => {
              const data = found.get(sha);
              return data ? [[sha, data] as const] : [];
            }),
        );
        return {
          range: range ?? 'HEAD',
          ...totalsOf(found.values()),
          retained: retainedDays === undefined ? null : retainedOf(root, old, retainedDays),
        };
      }),
    agentTrace: (range) =>
      guarded(() => {
        const { root, commits, found } = known(range);
        const lines = linesOfFiles(
          root,
          [...found].map(([sha, data]) => ({ sha, paths: data.files.map((file) => file.path) })),
        );
        return commits.toReversed().flatMap(({ sha, at }) => {
          const data = found.get(sha);
          return data
            ? [traceRecord({ sha, at, data, linesOf: (name) => lines.get(`${sha}:${name}`) }, version())]
            : [];
        });
      }),
    writeNotes: (range, ref = 'refs/notes/clew') =>
      guarded(() => {
        const shas = commitsOf(range).map((one) => one.sha);
        const root = rootHere();
        return { ref, notes: writeNotes(root, attributed(root, shas), ref) };
      }),
  };
}

const person = { by: 'human', agent: null, model: null, session: null, run: null, operation: null } as const;
const writerOf = (author: LineAuthor): LineWriter => (author.by === 'human' ? person : author);

const objectsIn = (context: Context): string => path.join(context.clewHome, 'objects.git');

type Attributor = (folder: string, shas: readonly string[], asked?: Asked) => Map<string, AttributionData>;

/** Gives what is recorded of commits, and finds and records what is not. */
function attributor(context: Context, config: Config, db: Connection['db']): Attributor {
  const recorder = createRecorder(context, config);
  return (folder, shas, asked) => {
    const kept = keptAttributions(db(), shas);
    const missing = shas.filter((sha) => isOutdated(kept.get(sha), asked?.get(sha)));
    const place = { db: db(), objects: objectsIn(context), folder };
    const found = attributeCommits(place, missing, { asked });
    const changed = [...found].filter(
      ([sha, data]) => JSON.stringify(kept.get(sha)) !== JSON.stringify(data),
    );
    recorder.recordAll(
      changed.map(([sha, data]) => ({ kind: 'attribution' as const, subject: sha, root: folder, data })),
    );
    return new Map([...kept, ...found]);
  };
}

/** At most so many commits at one look; the next takes the rest. */
const mostAtOnce = 25;
const newsDays = 7;

/** Attributes commits that were seen since; gives how many were recorded. */
export function attributeNews(context: Context, config: Config, db: Connection['db']): number {
  const waiting = waitingCommits(db(), context.now() - newsDays * dayMs, mostAtOnce);
  const records = [...Map.groupBy(waiting, (one) => one.root)].flatMap(([root, commits]) => {
    const since = Math.min(...commits.map((one) => one.at));
    const place = { db: db(), objects: objectsIn(context), folder: root };
    const shas = commits.map((one) => one.sha);
    const found = treeOf(root)
      ? tried(() => attributeCommits(place, shas, { since }))
      : new Map<string, never>();
    // What is not there any more is not looked for again; what git could not tell is, once there is more.
    const missing = { ...nothingKnown, settled: found !== undefined };
    return shas.map((sha) => ({
      kind: 'attribution' as const,
      subject: sha,
      root,
      data: found?.get(sha) ?? missing,
    }));
  });
  createRecorder(context, config).recordAll(records);
  return records.length;
}

/** A repository that git cannot read must not keep anything from being taken in. */
function tried<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof ClewError && error.code === 'GIT_FAILED') return undefined;
    throw error;
  }
}
