// Which checkpoints are kept, and letting the others go. A ref that is to go is first moved aside and goes at a later
// look, an hour on at the least: a hook that met it in between has by then noted what it needs, and it comes back.
// Objects follow when the store is tended (tend.ts). The rows of the index stay.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { actionKinds } from '../model/index.ts';
import type { CheckpointSettings, Context, InnerRepository } from '../model/index.ts';
import { listSpool, spoolFolder } from '../stream/index.ts';
import type { Db } from '../store/index.ts';
import { git, storeFolder } from './git.ts';
import { looseRefs, packedRefs, refFolders } from './kept.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** Of what is older, only the first and the last of each session are kept. */
const turnsDays = 30;

export interface Candidate {
  readonly id: string;
  readonly at: number;
  readonly root: string;
  readonly trigger: string;
  readonly tree: string;
  readonly session: string | null;
  readonly turn: string | null;
  /** The one that it was compared with; null where nothing changed. */
  readonly previous: string | null;
}

/** Those taken by hand, and those around what clew itself did. */
const isAsked = (trigger: string): boolean =>
  trigger === 'manual' ||
  trigger.startsWith('before-') ||
  (actionKinds as readonly string[]).includes(trigger);

/** The ids of those to keep. `rows`: of all projects, the oldest first. `named`: those that branches began at. */
export function choose(
  rows: readonly Candidate[],
  now: number,
  keepAllDays: number,
  named: ReadonlySet<string>,
): Set<string> {
  const kept = new Set<string>();
  const ends = new Map<string, { readonly first: string; last: string }>();
  for (const row of rows) {
    const age = now - row.at;
    if (age < keepAllDays * day || isAsked(row.trigger) || named.has(row.id)) kept.add(row.id);
    for (const group of groupsOf(row, age)) {
      const end = ends.get(group);
      if (end) end.last = row.id;
      else ends.set(group, { first: row.id, last: row.id });
    }
  }
  for (const { first, last } of ends.values()) kept.add(first).add(last);
  // What is needed to take back the changes that a kept one shows.
  for (const row of rows) if (row.previous !== null && kept.has(row.id)) kept.add(row.previous);
  return kept;
}

/** What a checkpoint may be the first or the last of. Without a session a day stands for it. */
function groupsOf({ root, session, turn, at }: Candidate, age: number): string[] {
  const whole = `${root}\n${session ?? Math.floor(at / day)}`;
  return age < turnsDays * day ? [whole, `${whole}\n${turn}`, root] : [whole, root];
}

export interface Thinned {
  /** Refs that were moved aside, came back, and went for good. */
  readonly aside: number;
  readonly back: number;
  readonly gone: number;
}

/** Thins out, once a day. Undefined where that was done already. */
export function thin(db: Db, context: Context, settings: CheckpointSettings): Thinned | undefined {
  const { clewHome } = context;
  const store = storeFolder(clewHome);
  if (!existsSync(store)) return undefined;
  const now = context.now();
  const last = path.join(clewHome, 'workspaces', 'thinned');
  if (now - (statSync(last, { throwIfNoEntry: false })?.mtimeMs ?? 0) < day) return undefined;
  writeFileSync(last, '', { mode: 0o600 });

  const { wanted, known } = treesOf(db, context, settings);
  const fileOf = (folder: string, tree: string): string => path.join(store, folder, tree);
  let [aside, back, gone] = [0, 0, 0];
  const dropped: string[] = [];
  const packedLeaving = packedRefs(clewHome, refFolders.leaving);
  const leaving = looseRefs(clewHome, refFolders.leaving);
  for (const tree of packedLeaving) if (!leaving.has(tree)) leaving.set(tree, 0);
  for (const [tree, since] of leaving) {
    const isWanted = wanted.has(tree);
    if (!isWanted && now - since < hour) continue;
    if (isWanted) writeFileSync(fileOf(refFolders.kept, tree), `${tree}\n`, { mode: 0o600 });
    rmSync(fileOf(refFolders.leaving, tree), { force: true });
    if (packedLeaving.has(tree)) dropped.push(`${refFolders.leaving}/${tree}`);
    if (isWanted) back++;
    else gone++;
  }
  const loose = looseRefs(clewHome, refFolders.kept);
  const packed = packedRefs(clewHome, refFolders.kept);
  mkdirSync(path.join(store, refFolders.leaving), { recursive: true, mode: 0o700 });
  for (const tree of new Set([...loose.keys(), ...packed])) {
    // A tree that no record tells of was taken only to look, or its record is yet to come.
    const isOld = now - (loose.get(tree) ?? now) > turnsDays * day;
    if (wanted.has(tree) || !(known.has(tree) || isOld)) continue;
    writeFileSync(fileOf(refFolders.leaving, tree), `${tree}\n`, { mode: 0o600 });
    rmSync(fileOf(refFolders.kept, tree), { force: true });
    if (packed.has(tree)) dropped.push(`${refFolders.kept}/${tree}`);
    aside++;
  }
  if (dropped.length > 0)
    git(['--git-dir', store, 'update-ref', '--stdin'], {
      input: Buffer.from(dropped.map((ref) => `delete ${ref}\n`).join('')),
    });
  return { aside, back, gone };
}

/** Trees that must stay, and all that records tell of. */
function treesOf(
  db: Db,
  context: Context,
  { keepAllDays = 7 }: CheckpointSettings,
): { wanted: Set<string>; known: Set<string> } {
  const rows = db
    .prepare<[], Candidate & { readonly items: string | null }>(
      `SELECT c.id, l.items, c.at, c.root, c.trigger, c.tree, c.session,
         (SELECT e.key FROM entry e WHERE e.session = c.session AND e.at <= c.at
            AND e.kind IN ('prompt', 'command', 'shell', 'notification') ORDER BY e.at DESC, e.pos DESC LIMIT 1) AS turn,
         (SELECT p.id FROM step s JOIN checkpoint p ON p.id = s.previous
            WHERE s.checkpoint = c.id AND p.tree <> c.tree) AS previous
       FROM checkpoint c LEFT JOIN list l ON l.id = c.inner WHERE c.tree IS NOT NULL ORDER BY c.at, c.id`,
    )
    .all()
    .map((row) => ({ ...row, inner: innerTrees(row.items) }));
  const actions = db
    .prepare<[], { before: string; after: string; origin: string | null }>(
      "SELECT before, after, json_extract(detail, '$.checkpoint') AS origin FROM action",
    )
    .all();
  const named = new Set(actions.flatMap(({ origin }) => (origin === null ? [] : [origin])));
  const ids = choose(rows, context.now(), keepAllDays, named);
  const wanted = new Set([...headTrees(context.clewHome), ...spooledTrees(context.clewHome)]);
  for (const row of rows) if (ids.has(row.id)) for (const tree of [row.tree, ...row.inner]) wanted.add(tree);
  for (const { before, after } of actions) wanted.add(before).add(after);
  return { wanted, known: new Set(rows.map((row) => row.tree)) };
}

/** What a checkpoint names of the repositories inside: a restore needs their files, too. */
const innerTrees = (items: string | null): string[] =>
  (JSON.parse(items ?? '[]') as InnerRepository[]).flatMap((one) => one.tree ?? []);

/** The last tree of every working tree: its index takes those contents for stored. */
function headTrees(clewHome: string): string[] {
  return stateFolders(clewHome).flatMap((folder) => {
    const file = path.join(folder, 'HEAD');
    return existsSync(file) ? [readFileSync(file, 'latin1').trim()] : [];
  });
}

/** The folders in which the state of each working tree lies. */
export function stateFolders(clewHome: string): string[] {
  const found: string[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (!entry.isDirectory()) continue;
      const at = path.join(folder, entry.name);
      if (entry.name === '%clew') found.push(at);
      else walk(at);
    }
  };
  const top = path.join(clewHome, 'workspaces');
  if (existsSync(top)) walk(top);
  return found;
}

/** Of checkpoints that are not taken in yet. */
function spooledTrees(clewHome: string): string[] {
  return listSpool(clewHome)
    .filter((call) => call.name.startsWith('checkpoint.'))
    .flatMap(
      (call) =>
        /^tree ([0-9a-f]{40})$/m.exec(
          readFileSync(path.join(spoolFolder(clewHome), call.name), 'latin1'),
        )?.[1] ?? [],
    );
}
