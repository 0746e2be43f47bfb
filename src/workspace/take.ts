// Takes a checkpoint by the same sh function that hooks use, and notes it in the spool.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { checkpointScript } from '../hooks/index.ts';
import { ClewError, explainNotWritable } from '../model/index.ts';
import type { Context } from '../model/index.ts';
import { dropIntoSpool, makeSpool } from '../stream/index.ts';
import { cleanEnvironment } from './git.ts';

export interface Taken {
  /** Name in the spool; the checkpoint's id is made of it when it is taken in. */
  readonly name: string;
  readonly tree: string;
}

/** What goes with a checkpoint. */
export interface Told {
  readonly trigger: string;
  readonly message?: string | undefined;
  /** The session at work, where one is known to be. */
  readonly session?: string;
}

/** Takes the state of the files below `root`. Throws NO_CHECKPOINT with the reason, NO_GIT, NOT_WRITABLE. */
export function takeCheckpoint(context: Context, root: string, told: Told): Taken {
  const [tree = '', name = ''] = runTake(context, root, notedTake, [
    spoolOf(context),
    told.session ?? '-',
    told.trigger,
    oneLine(told.message),
  ]);
  return { tree, name };
}

function spoolOf({ clewHome }: Context): string {
  try {
    return makeSpool(clewHome);
  } catch (error) {
    throw explainNotWritable(error, clewHome);
  }
}

const oneLine = (message = ''): string => message.replaceAll(/\s+/g, ' ').trim();

/** Notes a state of the files whose tree is known. */
export function noteCheckpoint(context: Context, root: string, tree: string, told: Told): Taken {
  const lines = [
    'clew checkpoint 2',
    `session ${told.session ?? '-'}`,
    'run -',
    `event ${told.trigger}`,
    'tool -',
    `tree ${tree}`,
    ...(told.message ? [`message ${oneLine(told.message)}`] : []),
    `root ${root}`,
  ];
  return { tree, name: dropIntoSpool(context.clewHome, 'checkpoint', `${lines.join('\n')}\n`) };
}

/** The tree of the files below `root`, kept in clew's store. */
export function takeTree(context: Context, root: string): string {
  const [tree = ''] = runTake(context, root, bareTake, []);
  return tree;
}

const ready = '. "$0" && { [ -e "$1/objects.git/HEAD" ] || clew_store_init "$1"; } || exit 1';
const failed = '{ printf %s "$why" >&2; exit 3; }';
const bareTake = `${ready}
clew_checkpoint "$1" "$2" || ${failed}
printf '%s\\n' "$tree"`;
/** As it is noted while no other call may take the same project, the order of notes is that of trees. */
const notedTake = `${ready}
session=$4 run=- event=$5 tool=- message=$6
clew_spool_name "$3" && name=$clew_file
note() { [ -z "$tree" ] || clew_note; }
clew_checkpoint "$1" "$2" note || ${failed}
printf '%s\\n' "$tree" "\${name##*/}.json"`;

/** Runs sh; gives the lines that it printed, of which the first is the tree. */
function runTake(context: Context, root: string, code: string, more: readonly string[]): string[] {
  const env = { ...cleanEnvironment(), HOME: context.home };
  const done = spawnSync('sh', ['-c', code, checkpointScript(), context.clewHome, root, ...more], {
    env,
    cwd: path.parse(root).root,
  });
  if (done.error) throw done.error;
  const lines = done.stdout.toString().split('\n');
  if (done.status === 0 && /^[0-9a-f]{40}$/.test(lines[0] ?? '')) return lines;
  try {
    accessSync(context.clewHome, constants.W_OK);
  } catch (error) {
    throw explainNotWritable(error, context.clewHome);
  }
  throw new ClewError(
    'NO_CHECKPOINT',
    `${root}: ${done.stderr.toString().trim().split('\n').at(-1) || 'the state of the files could not be taken'}`,
    'see docs/checkpoints.md for what is left out and how to change the limits',
  );
}

/**
 * The project's folder, as the hook finds it: the one that holds `.git`, or the folder itself where there is none. A
 * repository of dotfiles in the home folder is not that of the projects below it.
 */
export function rootOf(folder: string, home: string): string {
  const real = realpathSync(folder);
  for (let at = real; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, '.git')))
      return `${home}${path.sep}`.startsWith(`${at}${path.sep}`) ? real : at;
    if (at === path.dirname(at)) return real;
  }
}
