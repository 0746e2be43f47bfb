// Branches in time: a session of three turns is cut after its second, twice, and in the middle of it when the client's own
// file is gone; another one behind its compaction. Each branch goes on with the real client in a worktree of its own.
import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { systemContext } from '../../src/model/index.ts';
import { cutConversation, type BranchPoint } from '../../src/recover/index.ts';
import { indexFile, openIndex } from '../../src/store/index.ts';
import { makeWorktree } from '../../src/workspace/index.ts';
import { clew, clewJson } from './clew/run.ts';
import type { Entry, SessionRow } from './clew/shapes.ts';
import { runClient } from './client/run.ts';
import { sessionFile } from './client/transcripts.ts';
import type { World } from './client/world.ts';

export const branchNames = ['compacted', 'left', 'right', 'middle'] as const;
export type BranchName = (typeof branchNames)[number];

export interface Branches {
  /** The sessions as clew told them before there were branches, and after. */
  readonly before: readonly SessionRow[];
  readonly after: readonly SessionRow[];
  readonly reindexed: readonly SessionRow[];
  /** The client's file of the original, before and after. */
  readonly file: readonly [Buffer, Buffer];
  readonly sessions: Readonly<Record<BranchName, Branch>>;
}

export interface Branch {
  readonly original: string;
  /** The new session, and the one that the client said it went on with. */
  readonly cut: string;
  readonly ran: string | undefined;
}

/** `talk`: a session that was compacted before its turn of the scenario `after`. */
export async function branch(world: World, talk: string): Promise<Branches> {
  const original = randomUUID();
  const run = (name: string, args: readonly string[], cwd?: string) =>
    runClient(world, { name, prompt: `Please go ahead. [[scenario:${name}]]`, args, cwd });
  await run('first', ['--session-id', original]);
  await run('second', ['--resume', original]);
  await run('third', ['--resume', original]);
  await run('later', ['--resume', talk]);
  clew(world, 'import', '--json');
  const rows = () => clewJson(world, 'sessions') as SessionRow[];
  const before = rows();
  const file = sessionFile(world.home, original);
  const content = readFileSync(file);

  const [call] = world.stub.ledger.calls('second');
  const turn = (session: string, scenario: string) => {
    const { entries } = clewJson(world, 'log', session) as { entries: Entry[] };
    const prompt = `[[scenario:${scenario}]]`;
    return { turn: entries.find(({ kind, text }) => kind === 'prompt' && text.includes(prompt))!.key };
  };
  const goOn = async (name: BranchName, of: string, after: BranchPoint) => {
    const { folder } = makeWorktree({ project: world.work, name });
    const { session, command } = cut(world, of, after, folder);
    const { session: ran } = await run(name, command.slice(1), folder);
    return { original: of, cut: session, ran };
  };
  const compacted = await goOn('compacted', talk, turn(talk, 'after'));
  const left = await goOn('left', original, turn(original, 'second'));
  const right = await goOn('right', original, turn(original, 'second'));
  const second = readFileSync(file);
  renameSync(file, path.join(world.folder, 'original.jsonl'));
  const middle = await goOn('middle', original, { entry: call!.id });
  clew(world, 'import', '--json');
  const after = rows();
  clew(world, 'reindex', '--json');
  return {
    before,
    after,
    reindexed: rows(),
    file: [content, second],
    sessions: { compacted, left, right, middle },
  };
}

function cut(world: World, session: string, after: BranchPoint, folder: string) {
  const context = systemContext(world.env);
  const { db } = openIndex(indexFile(context.clewHome), context.now());
  try {
    const done = cutConversation(db, context, { session, after, folder });
    if (!done) throw new Error(`${session} was not cut`);
    return done;
  } finally {
    db.close();
  }
}
