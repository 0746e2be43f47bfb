// Keeps clew's store small, in the background and at the lowest priority: loose objects become packs, packs grow in a
// geometric row, and what no checkpoint needs goes. Each step needs room for 256 MB at most, or for what it packs.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { cleanEnvironment, storeFolder } from './git.ts';

export interface TendOptions {
  /** Drops what nothing needs as well: after refs went. */
  readonly prune?: boolean;
  /** Waits until it is done. */
  readonly wait?: boolean;
}

/** Files in one of the 256 folders of loose objects, as git itself judges by; and refs with a file of their own. */
const manyLoose = 27;
const manyRefs = 1000;

export function needsTending(clewHome: string): boolean {
  const store = storeFolder(clewHome);
  return (
    countIn(path.join(store, 'objects', '17')) > manyLoose ||
    countIn(path.join(store, 'refs', 'checkpoints')) > manyRefs
  );
}

/** Whether packs that were replaced wait to be deleted. */
export const hasDropped = (clewHome: string): boolean =>
  countIn(path.join(storeFolder(clewHome), 'dropped')) > 0;

const countIn = (folder: string): number => (existsSync(folder) ? readdirSync(folder).length : 0);

/** Starts it, unless it runs already. */
export function tend(clewHome: string, { prune = false, wait = false }: TendOptions = {}): void {
  const store = storeFolder(clewHome);
  if (!existsSync(store) || isTended(store)) return;
  const workspaces = path.join(clewHome, 'workspaces');
  const args = ['-n', '19', 'sh', '-c', script, 'clew-tend', store, workspaces, prune ? 'prune' : ''];
  const env = { ...cleanEnvironment(), GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };
  if (wait) {
    spawnSync('nice', args, { env, cwd: store, stdio: 'ignore' });
    return;
  }
  const child = spawn('nice', args, { env, cwd: store, detached: true, stdio: 'ignore' });
  // Without it the store only stays larger.
  child.on('error', () => {});
  child.unref();
}

function isTended(store: string): boolean {
  const lock = path.join(store, 'tend.pid');
  const stat = statSync(lock, { throwIfNoEntry: false });
  if (!stat) return false;
  try {
    process.kill(Number(readFileSync(lock, 'utf8').trim()) || 0x7fffffff, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A pack's path without its end, in sh. */
const base = '${pack%.pack}';

/**
 * What must stay: all that refs lead to, the contents in the index of each working tree (one that was killed has yet to
 * write the tree of them), and what was written within the hour, with all that it leads to. A pack that holds little
 * else is replaced, put aside, and deleted an hour later if every ref is then still whole; git renews a pack's time
 * when it finds in it what it was to store, so packs of the last hour are left alone. The order matters: dropping comes
 * first, as packing renews times.
 */
const script = String.raw`
umask 077
cd "$1" || exit
if ! (set -C; echo $$ > tend.pid) 2> /dev/null; then
  owner=$(cat tend.pid)
  ! kill -0 "$owner" 2> /dev/null || exit
  echo $$ > tend.pid
fi
work=$(mktemp -d) || exit
trap 'rm -rf "$work" tend.pid' EXIT
trap exit HUP INT TERM
export work
g() { git --git-dir=. "$@"; }
loose() { find objects -path 'objects/[0-9a-f][0-9a-f]/*' -type f "$@"; }

drop() {
  trees=$(find "$2" -path '*/%clew/index' -exec sh -c 'for index; do
    cp "$index" "$work/index" && GIT_INDEX_FILE=$work/index git --git-dir=. write-tree
  done' sh {} +)
  g prune --expire=1.hour.ago $trees || return
  { printf '%s\n' $trees; loose -mmin -60 | sed 's,^objects/,,; s,/,,'; } | grep . > "$work/roots"
  if ! g rev-list --all --objects --no-object-names --stdin < "$work/roots" > "$work/found"; then
    [ ! -d dropped ] || find dropped -type f -exec mv {} objects/pack/ \;
    return
  fi
  sort -u "$work/found" > "$work/needed"
  [ ! -d dropped ] || find dropped -type f -mmin +60 -exec rm -f {} +
  mkdir -p dropped
  find objects/pack -name 'pack-*.pack' -mmin +60 | while IFS= read -r pack; do
    base=${base}
    g show-index < "$base.idx" | awk '{ print $2 }' | sort > "$work/all" || continue
    comm -12 "$work/all" "$work/needed" > "$work/kept"
    [ $(($(wc -l < "$work/kept") * 4)) -lt $(($(wc -l < "$work/all") * 3)) ] || continue
    [ ! -s "$work/kept" ] || g pack-objects -q objects/pack/pack < "$work/kept" || continue
    [ -n "$(find "$pack" -mmin +60)" ] || continue
    touch "$base".*
    for file in "$base.idx" "$base".*; do [ ! -e "$file" ] || mv "$file" dropped/; done
  done
}

g pack-refs --all --prune
[ -z "$3" ] || drop "$@"
# What objects are called is how git finds those that are alike: without names, packs are six times as large.
g rev-list --objects --all --unpacked > "$work/names"
steps=0
while [ "$steps" -lt 200 ]; do
  steps=$((steps + 1))
  loose -exec ls -ln {} + | awk -v names="$work/names" 'BEGIN {
    while ((getline line < names) > 0) name[substr(line, 1, 40)] = substr(line, 41)
  } {
    id = $NF; sub(/^objects\//, "", id); sub("/", "", id)
    if (id ~ /^[0-9a-f]+$/ && length(id) == 40) print id name[id]
    total += $5; if (++n >= 20000 || total > 268435456) exit
  }' > "$work/loose"
  [ -s "$work/loose" ] && g pack-objects -q --window=50 --depth=50 objects/pack/pack < "$work/loose" && g prune-packed -q || break
done
# Large ones are never packed again.
find objects/pack -name 'pack-*.pack' -size +524288 | while IFS= read -r pack; do : >> "${base}.keep"; done
g repack -q -d -l --geometric=2
`;
