// Sessions that the client can no longer take up: one whose transcript was deleted, and one that ends in a torn line. Each
// is resumed as `clew resume` says, with the real client, and beside them one as the client itself takes it up.
import { randomUUID } from 'node:crypto';
import { appendFileSync, copyFileSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { clew, clewJson } from './clew/run.ts';
import type { SessionRow } from './clew/shapes.ts';
import { runClient } from './client/run.ts';
import { sessionFile } from './client/transcripts.ts';
import type { World } from './client/world.ts';

export const resumedNames = ['deleted', 'torn'] as const;
export type ResumedName = (typeof resumedNames)[number];

export interface Resumed {
  readonly original: string;
  readonly plans: Readonly<Record<ResumedName, Plan>>;
  /** The session that the client said it went on with. */
  readonly ran: Readonly<Record<ResumedName, string | undefined>>;
  /** The torn file, before and after. */
  readonly file: readonly [Buffer, Buffer];
  readonly sessions: readonly SessionRow[];
}

interface Plan {
  readonly way: string;
  readonly argv: readonly string[];
}

export async function resume(world: World): Promise<Resumed> {
  const original = randomUUID();
  const run = (name: string, args: readonly string[]) =>
    runClient(world, { name, prompt: `Please go ahead. [[scenario:${name}]]`, args });
  await run('kept', ['--session-id', original]);
  // The client's own way, in a fork, so that the session stays as it is.
  await run('native', ['--resume', original, '--fork-session']);
  clew(world, 'import', '--json');

  const goOn = async (name: ResumedName) => {
    const plan = clewJson(world, 'resume', original, '--print') as Plan;
    const { session } = await run(name, plan.argv.slice(1));
    return { plan, session };
  };
  const file = sessionFile(world.home, original);
  const aside = path.join(world.folder, 'kept.jsonl');
  renameSync(file, aside);
  const deleted = await goOn('deleted');
  copyFileSync(aside, file);
  appendFileSync(file, '{"type":"user","uuid":"');
  const before = readFileSync(file);
  const torn = await goOn('torn');
  clew(world, 'import', '--json');
  return {
    original,
    plans: { deleted: deleted.plan, torn: torn.plan },
    ran: { deleted: deleted.session, torn: torn.session },
    file: [before, readFileSync(file)],
    sessions: clewJson(world, 'sessions') as SessionRow[],
  };
}
