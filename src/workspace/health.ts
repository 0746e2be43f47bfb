// Whether checkpoints are taken as they should be: git, the store, and each project whose checkpoints were refused, late
// or left something out within the last seven days. For the doctor.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Context } from '../model/index.ts';
import type { Db } from '../store/index.ts';
import { storeFolder, tryGit } from './git.ts';
import { keptTrees } from './kept.ts';
import { leftOutOf } from './left-out.ts';

interface Check {
  readonly name: string;
  readonly ok: 'ok' | 'warn' | 'fail';
  readonly message: string;
  readonly hint?: string;
}

const week = 7 * 24 * 3_600_000;
const oldest = [2, 30] as const;

export function checkpointChecks(db: Db, context: Context): Check[] {
  const name = 'checkpoints';
  const version = gitVersion();
  if (version === undefined)
    return [{ name, ok: 'fail', message: 'git was not found: none can be taken', hint: 'install git' }];
  if (isOlder(version))
    return [
      { name, ok: 'fail', message: `git ${version} is too old for them`, hint: 'install git 2.30 or later' },
    ];
  const { clewHome } = context;
  const said = `git ${version}`;
  if (!existsSync(storeFolder(clewHome))) return [{ name, ok: 'ok', message: `${said}; none was taken yet` }];
  const off = existsSync(path.join(clewHome, 'workspaces', 'off'))
    ? '; hooks take none: they are switched off'
    : '';
  return [storeCheck(clewHome, `${said}${off}`), ...projectChecks(db, context)];
}

function gitVersion(): string | undefined {
  try {
    return /\d+(\.\d+)+/.exec(tryGit(['--version']).stdout.toString())?.[0];
  } catch {
    return undefined;
  }
}

function isOlder(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < oldest[0] || (major === oldest[0] && minor < oldest[1]);
}

/** Quick: that the store is one, and that what refs name is there. */
function storeCheck(clewHome: string, said: string): Check {
  const name = 'checkpoints';
  const store = storeFolder(clewHome);
  const hint = '`git fsck` in it tells more; from now on new checkpoints are whole where git can write';
  if (!readable(path.join(store, 'HEAD')))
    return { name, ok: 'fail', message: `${store} is no git store: its HEAD is missing`, hint: 'clew init' };
  const trees = [...keptTrees(clewHome)];
  const asked = tryGit(['--git-dir', store, 'cat-file', '--batch-check'], {
    input: Buffer.from(trees.map((tree) => `${tree}\n`).join('')),
  });
  if (asked.status !== 0) return { name, ok: 'fail', message: `${store}: ${asked.stderr.trim()}`, hint };
  const missing = asked.stdout.toString().match(/ missing$/gm)?.length ?? 0;
  if (missing > 0)
    return {
      name,
      ok: 'fail',
      message: `${missing} of ${trees.length} states are missing in ${store}`,
      hint,
    };
  const states = `${trees.length} ${trees.length === 1 ? 'state' : 'states'} of files`;
  return { name, ok: 'ok', message: `${said}; ${states} in ${store}` };
}

const readable = (file: string): boolean => existsSync(file) && readFileSync(file).length > 0;

interface Counts {
  readonly root: string;
  readonly n: number;
  readonly late: number;
  readonly busy: number;
  readonly refused: number;
  readonly why: string | null;
}

function projectChecks(db: Db, context: Context): Check[] {
  const rows = db
    .prepare<[number], Counts>(
      `SELECT root, count(*) AS n, sum(late) AS late, sum(tree IS NULL AND why = 'busy') AS busy,
         sum(tree IS NULL AND coalesce(why, '') <> 'busy') AS refused,
         (SELECT w.why FROM checkpoint w WHERE w.root = c.root AND w.tree IS NULL AND w.why <> 'busy'
            ORDER BY w.at DESC LIMIT 1) AS why
       FROM checkpoint c WHERE at >= ? GROUP BY root ORDER BY root`,
    )
    .all(context.now() - week);
  return rows.flatMap((row) => projectCheck(context.clewHome, row));
}

function projectCheck(clewHome: string, { root, n, late, busy, refused, why }: Counts): Check[] {
  const name = 'checkpoints';
  const left = leftOutOf(clewHome, root).filter((one) =>
    ['large', 'unreadable', 'special'].includes(one.why),
  );
  const told = [
    refused > 0 ? `${refused} not taken${why === null ? '' : ` (${why})`}` : '',
    busy > 0 ? `${busy} not taken as another was` : '',
    late > 0 ? `${late} finished after the agent went on` : '',
    left.length > 0 ? `left out: ${leftWords(left)}` : '',
  ].filter((one) => one !== '');
  if (told.length === 0) return [];
  const isBad = refused > 0 || busy * 10 > n || late * 10 > n;
  const message = `${root}: of ${n} in seven days ${told.join('; ')}`;
  if (!isBad) return [{ name, ok: 'ok', message }];
  return [{ name, ok: 'warn', message, hint: hintFor(why, refused) }];
}

function leftWords(left: readonly { readonly path: string; readonly why: string }[]): string {
  const some = left.slice(0, 3).map((one) => `${one.path} (${one.why})`);
  return left.length > 3 ? `${some.join(', ')} and ${left.length - 3} more` : some.join(', ');
}

/** Which setting is in the way. */
function hintFor(why: string | null, refused: number): string {
  if (refused === 0) return 'ignore what need not be kept, or raise checkpoints.budgetMs in config.json';
  if (why?.startsWith('too many files'))
    return 'ignore what need not be kept, or raise checkpoints.maxFiles in config.json';
  if (why?.startsWith('too large'))
    return 'ignore what need not be kept, or raise checkpoints.maxTotalBytes in config.json';
  if (why === 'a network mount') return 'set checkpoints.network in config.json to allow it';
  return 'docs/checkpoints.md says what is refused and why';
}
