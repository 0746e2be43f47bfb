# Takes the state of a working tree into clew's own git store: $CLEW_HOME/objects.git for the contents of all projects,
# and $CLEW_HOME/workspaces<root>/%clew for what is known of one. The user's .git is read and never written. Only
# functions: record.sh and clew source this file. docs/checkpoints.md describes the layout and why it is so.

clew_nl='
'

# clew_store_init <clewHome>: makes the store, or brings its settings up to date.
clew_store_init() {
  (
    clew_clean_env
    unset GIT_CONFIG_GLOBAL
    GIT_CONFIG_NOSYSTEM=1 store=$1/objects.git
    export GIT_CONFIG_NOSYSTEM
    umask 077
    mkdir -p "$1/workspaces" || exit 1
    [ -e "$store/HEAD" ] || git init -q --bare --template= --object-format=sha1 "$store" || exit 1
    mkdir -p "$store/info" "$store/refs/checkpoints" || exit 1
    # Contents are kept byte for byte, whatever .gitattributes in the tree say.
    printf '* -text !eol -filter -ident !working-tree-encoding !diff !merge\n' >| "$store/info/attributes" &&
      cat >| "$store/config.$$" <<'END' && mv -f "$store/config.$$" "$store/config" || exit 1
[core]
	repositoryformatversion = 0
	bare = true
	fileMode = true
	symlinks = true
	autocrlf = false
	safecrlf = false
	quotePath = false
	fsmonitor = false
	untrackedCache = true
	preloadIndex = true
	trustctime = true
	checkStat = default
	sparseCheckout = false
	protectHFS = false
	protectNTFS = false
	hooksPath = /dev/null
	logAllRefUpdates = false
[index]
	version = 4
	sparse = false
[status]
	showUntrackedFiles = all
	relativePaths = false
	branch = false
	short = false
	renames = false
	submoduleSummary = false
[gc]
	auto = 0
[maintenance]
	auto = false
END
    # A writer that was killed between making a ref and filling it leaves it empty; its name is its content.
    find "$store/refs/checkpoints" -type f -size 0 -exec sh -c 'for f; do printf "%s\n" "${f##*/}" > "$f"; done' sh {} +
  )
}

# The agent may run inside of a git hook, whose variables point to the user's repository.
clew_clean_env() {
  unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_NAMESPACE \
    GIT_PREFIX GIT_COMMON_DIR GIT_CONFIG GIT_CONFIG_PARAMETERS GIT_CONFIG_COUNT GIT_LITERAL_PATHSPECS \
    GIT_GLOB_PATHSPECS GIT_NOGLOB_PATHSPECS GIT_ICASE_PATHSPECS GIT_ATTR_SOURCE GIT_DEFAULT_HASH GIT_INDEX_VERSION \
    GIT_OPTIONAL_LOCKS GIT_TEMPLATE_DIR GIT_SHALLOW_FILE GIT_GRAFT_FILE GIT_REPLACE_REF_BASE GIT_CEILING_DIRECTORIES \
    GIT_NO_REPLACE_OBJECTS GIT_IMPLICIT_WORK_TREE GIT_EXTERNAL_DIFF GIT_INTERNAL_SUPER_PREFIX GIT_TRACE GIT_TRACE2
  LC_ALL=C
  export LC_ALL
}

# git with the state of this workspace, and without the user's configuration.
clew_git() {
  GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_INDEX_FILE=$clew_index \
    git --git-dir="$clew_ws" --work-tree="$clew_root" "$@"
}

# git with the user's repository and configuration, only to ask.
clew_user_git() {
  git -C "$clew_root" --no-optional-locks -c core.fsmonitor=false -c core.quotePath=false "$@"
}

# clew_checkpoint <clewHome> <root>: sets $tree and returns 0, or sets $why. The root is an absolute path without
# symbolic links. It changes the folder, the umask and the environment of its shell.
clew_checkpoint() {
  tree='' why='' clew_home=$1 clew_root=$2 clew_ws=$1/workspaces$2/%clew
  clew_saved_ifs=$IFS clew_saved_flags=$-
  set +C -f
  IFS=$clew_nl
  clew_locked=''
  clew_take
  clew_status=$?
  # Nobody has to wait for this.
  [ -z "$clew_locked" ] || rm -f "$clew_ws/lock" < /dev/null > /dev/null 2>&1 &
  IFS=$clew_saved_ifs
  case $clew_saved_flags in *C*) set -C ;; esac
  case $clew_saved_flags in *f*) ;; *) set +f ;; esac
  [ "$clew_status" = 0 ] && [ -n "$tree" ] && return 0
  : "${why:=git failed}"
  return 1
}

clew_take() {
  clew_clean_env
  umask 077
  cd "$clew_root" 2> /dev/null || { why="cannot enter the folder"; return 1; }
  clew_max_file=20000000 clew_max_files=200000 clew_max_total=5000000000 clew_network=''
  [ ! -r "$clew_home/workspaces/limits" ] || . "$clew_home/workspaces/limits"
  CLEW_NETWORK=${CLEW_NETWORK:-$clew_network}
  [ -s "$clew_ws/commondir" ] || clew_open || return 1
  clew_max_file=${CLEW_MAX_FILE:-$clew_max_file} clew_max_files=${CLEW_MAX_FILES:-$clew_max_files}
  clew_max_total=${CLEW_MAX_TOTAL:-$clew_max_total}
  if [ -e "$clew_ws/refused" ]; then
    IFS= read -r why < "$clew_ws/refused"
    [ -n "$CLEW_NETWORK" ] || return 1
    why=''
  fi
  clew_lock || return 1
  clew_index=$clew_ws/index
  # What a git that was killed has left is not ours to delete: it may still be alive. Work goes on beside it.
  [ ! -e "$clew_index.lock" ] || clew_step_aside || return 1

  clew_head=''
  IFS= read -r clew_head 2> /dev/null < "$clew_ws/HEAD"
  case $clew_head in
    ????????????????????????????????????????) ;;
    *) clew_head='' && printf 'ref: refs/heads/none\n' >| "$clew_ws/HEAD" ;;
  esac
  [ -s "$clew_ws/commondir" ] || printf '%s\n' "$clew_home/objects.git" >| "$clew_ws/commondir"

  clew_dirty='' clew_drop='' clew_new='' clew_repositories='' clew_asked='' clew_uncached=''
  clew_excludes
  clew_include
  clew_list || { why='git cannot list the files'; return 1; }
  clew_sift
  [ -z "$clew_dirty$clew_ask" ] || clew_ask_user
  clew_measure || return 1
  clew_note_left_out
  [ -z "$clew_dirty" ] || clew_reconsider
  if [ -n "$clew_head" ] && [ -z "$clew_todo$clew_staged$clew_dirty" ]; then
    tree=$clew_head
  else
    clew_store || return 1
  fi
  [ "$clew_index" = "$clew_ws/index" ] || mv -f "$clew_index" "$clew_ws/index"
}

# Makes the workspace's folder, which becomes a git folder of its own with the objects, refs and settings of the store.
clew_open() {
  case $clew_root/ in
    //) why='the root of the file system' ;;
    "${HOME%/}"/) why='the home folder' ;;
    "$clew_home"/*) why="clew's own folder" ;;
  esac
  case ${HOME%/}/ in "$clew_root"/*) : "${why:=a folder above the home folder}" ;; esac
  case $clew_root in
    /*) ;;
    *) why='not an absolute path' ;;
  esac
  [ -z "$why" ] || return 1
  mkdir -p "$clew_ws" 2> /dev/null || { why="cannot make $clew_ws"; return 1; }
  # host:/path and //server/share; asked once, as it takes a process.
  case $(df -P . 2> /dev/null) in
    *"$clew_nl"*:/*' '*|*"$clew_nl"//*)
      [ -n "$CLEW_NETWORK" ] || printf 'a network mount\n' >| "$clew_ws/refused" ;;
  esac
}

# Without the lock two calls would only be slow: git has its own. So a lock whose owner is gone is taken without care.
clew_lock() {
  clew_self=$$
  # In a background job $$ is the shell that started it.
  { IFS=' ' read -r clew_self _ < /proc/self/stat || clew_self=$(exec sh -c 'echo $PPID'); } 2> /dev/null
  clew_tries=$((${CLEW_BUDGET_MS:-150} / 25)) clew_empty=0
  while :; do
    set -C
    if { printf '%s\n' "$clew_self" > "$clew_ws/lock"; } 2> /dev/null; then
      set +C
      clew_locked=1
      return 0
    fi
    set +C
    clew_owner=''
    IFS= read -r clew_owner 2> /dev/null < "$clew_ws/lock"
    # It is filled right after it is made, unless its owner was killed in between.
    [ -n "$clew_owner" ] || clew_empty=$((clew_empty + 1))
    if [ "$clew_empty" -gt 3 ] || { [ -n "$clew_owner" ] && ! clew_lives "$clew_owner"; }; then
      clew_empty=0
      rm -f "$clew_ws/lock"
      continue
    fi
    if [ "$clew_tries" -le 0 ]; then
      # Its owner's number may have been given to another process.
      find "$clew_ws/lock" -mmin +10 -exec rm -f {} + 2> /dev/null
      why=busy
      return 1
    fi
    clew_tries=$((clew_tries - 1))
    sleep 0.02
  done
}

# One that was killed and that nobody has waited for still has its number.
clew_lives() {
  kill -0 "$1" 2> /dev/null || return 1
  [ -r "/proc/$1/stat" ] || return 0
  clew_state=''
  IFS= read -r clew_state 2> /dev/null < "/proc/$1/stat"
  case $clew_state in *') Z '*) return 1 ;; esac
}

clew_step_aside() {
  find "$clew_ws" -name 'index*.lock' -mmin +1 -exec rm -f {} + 2> /dev/null
  find "$clew_ws" -name 'index.[0-9]*' -mmin +1 -exec rm -f {} + 2> /dev/null
  clew_index=$clew_ws/index.$clew_self
  [ ! -e "$clew_ws/index" ] || cp -p "$clew_ws/index" "$clew_index"
}

# Sets clew_gitdir and clew_common to the user's git folder, and to the one that it shares with other worktrees.
clew_find_git() {
  clew_gitdir='' clew_common=''
  if [ -d .git ]; then
    clew_gitdir=.git clew_common=.git
  elif [ -f .git ]; then
    IFS= read -r clew_gitdir < .git
    clew_gitdir=${clew_gitdir#gitdir: } clew_common=$clew_gitdir
    if [ -f "$clew_gitdir/commondir" ]; then
      IFS= read -r clew_common < "$clew_gitdir/commondir"
      case $clew_common in /*) ;; *) clew_common=$clew_gitdir/$clew_common ;; esac
    fi
  fi
}

# clew_find_head: sets $head and $branch by reading the user's git folder alone; `-` where that does not tell.
clew_find_head() {
  head=- branch=-
  clew_find_git
  [ -r "$clew_gitdir/HEAD" ] || return 0
  IFS= read -r head < "$clew_gitdir/HEAD"
  case $head in
    'ref: '*)
      branch=${head#ref: } head=-
      [ ! -r "$clew_common/$branch" ] || IFS= read -r head < "$clew_common/$branch" ;;
  esac
}

# Writes `exclude` anew when one of the files that it is made of has changed.
clew_excludes() {
  clew_find_git
  clew_ask=''
  if [ -n "$clew_gitdir" ] && [ -e "$clew_gitdir/index" ] && [ ! "$clew_ws/asked" -nt "$clew_gitdir/index" ]; then
    # Every git status may write it anew; one more path changes its size.
    printf '' >| "$clew_ws/asked"
    clew_size=$(clew_size_of "$clew_gitdir/index") clew_before=''
    IFS= read -r clew_before 2> /dev/null < "$clew_ws/user-index"
    [ "$clew_size" = "$clew_before" ] || { clew_ask=1 && printf '%s\n' "$clew_size" >| "$clew_ws/user-index"; }
  fi

  clew_config=${XDG_CONFIG_HOME:-$HOME/.config}/git
  clew_sources=''
  for clew_file in "${GIT_CONFIG_GLOBAL:-$HOME/.gitconfig}" "$clew_config/config" "$clew_config/ignore" \
    "${clew_common:-/nowhere}/info/exclude" "${clew_common:-/nowhere}/config" \
    "$clew_home/workspaces/include" "$clew_ws/include"; do
    [ -e "$clew_file" ] || continue
    clew_sources=$clew_sources$clew_file:
    [ "$clew_ws/looked" -nt "$clew_file" ] || clew_dirty=1
  done
  clew_before=''
  IFS= read -r clew_before 2> /dev/null < "$clew_ws/looked"
  [ "$clew_before" = "$clew_sources" ] && [ -e "$clew_ws/exclude" ] || clew_dirty=1
  if [ -s "$clew_ws/excluded" ]; then
    IFS= read -r clew_before < "$clew_ws/excluded"
    [ ! -e "$clew_before" ] || [ "$clew_ws/looked" -nt "$clew_before" ] || clew_dirty=1
  fi
  [ ! -s "$clew_ws/left-out" ] || clew_look_again
  [ -z "$clew_dirty" ] || clew_write_exclude
}

clew_write_exclude() {
  # Before anything is read, so that a change meanwhile is newer.
  printf '%s\n' "$clew_sources" >| "$clew_ws/looked"
  if [ -n "$clew_gitdir" ]; then
    clew_global=$(clew_user_git config --type=path core.excludesFile 2> /dev/null)
  else
    clew_global=$(git config --global --type=path core.excludesFile 2> /dev/null)
  fi
  : "${clew_global:=$clew_config/ignore}"
  printf '%s\n' "$clew_global" >| "$clew_ws/excluded"
  {
    for clew_file in "$clew_global" "${clew_common:-/nowhere}/info/exclude"; do
      [ ! -r "$clew_file" ] || { cat "$clew_file" && echo; }
    done
    case $clew_home in "$clew_root"/*) clew_pattern "${clew_home#"$clew_root"/}" ;; esac
    # A bare repository beside its worktrees, to which a .git file points.
    case $clew_common in
      ''|.git|../*) ;;
      "$clew_root"/*) clew_pattern "${clew_common#"$clew_root"/}" ;;
      /*) ;;
      *) clew_pattern "${clew_common#./}" ;;
    esac
    if [ -s "$clew_ws/left-out" ]; then
      while IFS=$clew_tab read -r clew_reason clew_size clew_path; do
        [ "$clew_reason" = repository ] || { clew_unquote "$clew_path" && clew_pattern "$clew_raw"; }
      done < "$clew_ws/left-out"
    fi
  } >| "$clew_ws/exclude.$clew_self"
  mv -f "$clew_ws/exclude.$clew_self" "$clew_ws/exclude"
}

# A line that ignores just this path. A newline cannot stand in it; `?` is any one character.
clew_pattern() {
  printf '/%s' "$1" | tr '\n' '\001' | sed 's/[][\\*? ]/\\&/g' | tr '\001' '?'
  echo
}

clew_tab=$(printf '\t')

# Sets clew_raw to the file name that git wrote in its quotes.
clew_unquote() {
  clew_raw=$1
  case $clew_raw in \"*) ;; *) return 0 ;; esac
  clew_raw=${clew_raw#\"} clew_raw=${clew_raw%\"}
  case $clew_raw in
    *\\*) ;;
    *) return 0 ;;
  esac
  clew_raw=$(printf '%s' "$clew_raw" | sed 's/%/%%/g; s/\\"/\\042/g')
  clew_raw=$(printf "${clew_raw}x")
  clew_raw=${clew_raw%x}
}

# What is gone, or may be taken again, is no longer left out.
clew_look_again() {
  clew_kept=''
  for clew_line in $(cat "$clew_ws/left-out"); do
    clew_reason=${clew_line%%"$clew_tab"*} clew_path=${clew_line##*"$clew_tab"}
    clew_unquote "$clew_path"
    case $clew_reason in
      unreadable) [ ! -e "./$clew_raw" ] || [ -r "./$clew_raw" ] || clew_kept=$clew_kept$clew_line$clew_nl ;;
      special)
        [ -h "./$clew_raw" ] || [ ! -e "./$clew_raw" ] || [ -f "./$clew_raw" ] || [ -d "./$clew_raw" ] ||
          clew_kept=$clew_kept$clew_line$clew_nl ;;
      large)
        clew_size=$(clew_size_of "./$clew_raw")
        [ "${clew_size:-0}" -le "$clew_max_file" ] || clew_kept=$clew_kept$clew_line$clew_nl ;;
      *)
        # One that is no repository any more: the untracked cache goes by the folder above, which knows nothing of it.
        [ "$clew_reason" != repository ] || [ -e "./$clew_raw/.git" ] || clew_uncached=1
        clew_kept=$clew_kept$clew_line$clew_nl ;;
    esac
    case $clew_kept in *"$clew_line$clew_nl") clew_drop=$clew_drop$clew_path$clew_nl ;; esac
  done
  [ "$clew_kept" = "$(cat "$clew_ws/left-out")$clew_nl" ] && return
  printf '%s' "$clew_kept" >| "$clew_ws/left-out"
  clew_dirty=1
}

clew_size_of() {
  IFS=' '
  set -- $(ls -lnd "$1" 2> /dev/null)
  printf '%s' "${5-}"
}

# Status against the workspace's own index and last tree: of git's commands the one with the untracked cache, and it
# tells of a call that was killed between updating the index and writing the tree.
clew_list() {
  clew_listed=$(
    [ -z "$clew_uncached" ] || export GIT_DISABLE_UNTRACKED_CACHE=1
    clew_git -c core.excludesFile="$clew_ws/exclude" status --porcelain --no-renames \
      --ignore-submodules=all 2> /dev/null
  ) || return 1
  # Once in the index, they are listed as what is tracked.
  [ -z "$clew_wanted" ] || for clew_path in $(
    clew_git -c core.excludesFile="$clew_ws/exclude" ls-files -o --exclude-standard $clew_wanted -- $clew_specs 2> /dev/null
  ); do
    case $clew_path in */|*/\") continue ;; \"*) ;; *' '*) clew_path=\"$clew_path\" ;; esac # as status writes it
    clew_listed="$clew_listed$clew_nl!! $clew_path"
  done
}

# What is to be taken though it is ignored: sets clew_wanted to the rules that are stronger than any .gitignore, and
# clew_specs to the paths that they can be about. A folder that is ignored as a whole must be named itself.
clew_include() {
  clew_wanted='' clew_specs=''
  for clew_file in "$clew_home/workspaces/include" "$clew_ws/include"; do
    [ -r "$clew_file" ] || continue
    while IFS= read -r clew_line; do
      case $clew_line in ''|'#'*) continue ;; esac
      clew_wanted=$clew_wanted--exclude=!$clew_line$clew_nl
      clew_line=${clew_line%/}
      case $clew_line in
        */*) clew_line=${clew_line#/} ;;
        *) clew_line=**/$clew_line ;;
      esac
      clew_specs="$clew_specs:(glob)$clew_line$clew_nl:(glob)$clew_line/**$clew_nl"
    done < "$clew_file"
  done
}

# Sorts the lines of the list.
clew_sift() {
  clew_todo='' clew_staged=''
  for clew_line in $clew_listed; do
    clew_path=${clew_line#???}
    case $clew_line in
      '?? '*/|'?? '*/\") clew_repositories=${clew_repositories}repository$clew_tab-$clew_tab$clew_path$clew_nl ;;
      ?' '*) clew_staged=1 ;;
      *)
        clew_todo=1
        case $clew_path in .gitignore|*/.gitignore|*/.gitignore\") clew_dirty=1 ;; esac ;;
    esac
  done
}

# Looks at the size of everything listed, and whether it can be read, before git reads it.
clew_measure() {
  [ -n "$clew_todo" ] || return 0
  clew_count=0 clew_total=0 clew_args=''
  set --
  clew_few=''
  [ ${#clew_listed} -gt 4000 ] || clew_few=1
  for clew_line in $clew_listed; do
    clew_path=${clew_line#???}
    case $clew_line in
      '?? '*/|'?? '*/\"|?D*|?' '*) continue ;;
      *\\*)
        clew_unquote "$clew_path"
        clew_size=$(clew_size_of "./$clew_raw")
        clew_judge "${clew_size:-0}" "$clew_path" ;;
      *)
        clew_unquote "$clew_path"
        [ -z "$clew_few" ] || set -- "$@" "./$clew_raw" ;;
    esac
    [ ! -h "./$clew_raw" ] && [ -e "./$clew_raw" ] || continue
    if [ ! -r "./$clew_raw" ]; then
      clew_leave_out unreadable - "$clew_path"
    elif [ ! -f "./$clew_raw" ] && [ ! -d "./$clew_raw" ]; then
      clew_leave_out special - "$clew_path"
    fi
  done
  if [ -z "$clew_few" ]; then
    clew_sizes=$(
      for clew_line in $clew_listed; do
        case $clew_line in
          '?? '*/|'?? '*/\"|?D*|?' '*|*\\*) continue ;;
        esac
        clew_path=${clew_line#???} clew_path=${clew_path#\"}
        printf './%s\n' "${clew_path%\"}"
      done | sed 's/[^A-Za-z0-9_./-]/\\&/g' | xargs ls -lnd 2> /dev/null
    )
  elif [ $# -gt 0 ]; then
    clew_sizes=$(ls -lnd "$@" 2> /dev/null)
  else
    clew_sizes=''
  fi
  for clew_line in $clew_sizes; do
    clew_path=${clew_line#*' ./'}
    case $clew_path in *' '*) clew_path=\"$clew_path\" ;; esac # as status writes it
    IFS=' '
    set -- $clew_line
    IFS=$clew_nl
    case $1 in -*) clew_judge "$5" "$clew_path" ;; esac
  done

  clew_files=0 clew_bytes=0
  [ ! -r "$clew_ws/size" ] || IFS=' ' read -r clew_files clew_bytes < "$clew_ws/size"
  clew_files=$((clew_files + clew_count)) clew_bytes=$((clew_bytes + clew_total))
  if [ "$clew_files" -gt "$clew_max_files" ] || [ "$clew_bytes" -gt "$clew_max_total" ]; then
    # What was added up grows with every change. Now it is counted truly.
    IFS=' '
    set -- $(
      IFS=$clew_nl
      clew_git -c core.excludesFile="$clew_ws/exclude" ls-files -z -c -o --exclude-standard $clew_wanted 2> /dev/null |
        xargs -0 ls -lnd -- 2> /dev/null |
        awk -v max="$clew_max_file" '/^[-l]/ && $5 <= max { n++; s += $5 } END { printf "%d %.0f", n, s }'
    )
    IFS=$clew_nl
    clew_files=$1 clew_bytes=$2
    [ "$clew_files" -le "$clew_max_files" ] || { why="too many files: $clew_files, the limit is $clew_max_files"; return 1; }
    [ "$clew_bytes" -le "$clew_max_total" ] || { why="too large: $clew_bytes bytes, the limit is $clew_max_total"; return 1; }
  fi
  printf '%s %s\n' "$clew_files" "$clew_bytes" >| "$clew_ws/size"
}

clew_judge() {
  if [ "$1" -gt "$clew_max_file" ]; then
    clew_leave_out large "$1" "$2"
  else
    clew_count=$((clew_count + 1)) clew_total=$((clew_total + $1))
  fi
}

clew_leave_out() {
  clew_is_dropped "$3" && return
  clew_drop=$clew_drop$3$clew_nl
  clew_new=$clew_new$1$clew_tab$2$clew_tab$3$clew_nl
}

clew_is_dropped() {
  [ -n "$clew_drop" ] || return 1
  case $clew_nl$clew_drop in *"$clew_nl$1$clew_nl"*) return 0 ;; esac
  return 1
}

# Brings `left-out` up to date: what cannot be taken now, and the repositories that lie inside.
clew_note_left_out() {
  clew_before='' clew_kept=''
  if [ -s "$clew_ws/left-out" ]; then
    clew_before=$(cat "$clew_ws/left-out")$clew_nl
    for clew_line in $clew_before; do
      case $clew_line in repository*) ;; *) clew_kept=$clew_kept$clew_line$clew_nl ;; esac
    done
  fi
  clew_kept=$clew_kept$clew_new$clew_repositories
  [ "$clew_kept" != "$clew_before" ] || return
  printf '%s' "$clew_kept" >| "$clew_ws/left-out"
  [ -z "$clew_new" ] || { clew_dirty=1 && clew_write_exclude; }
}

# The rules have changed: what is ignored now leaves the index, but for what the user tracks all the same.
clew_reconsider() {
  clew_git -c core.excludesFile="$clew_ws/exclude" ls-files -ci --exclude-standard $clew_wanted 2> /dev/null |
    clew_git update-index --force-remove --stdin 2> /dev/null
  [ -n "$clew_asked" ] || clew_ask_user
}

# Adds what the user tracks though it is ignored.
clew_ask_user() {
  clew_asked=1
  [ -n "$clew_gitdir" ] || return 0
  for clew_path in $(clew_user_git ls-files -ci --exclude-standard 2> /dev/null); do
    case $clew_path in \"*) ;; *' '*) clew_path=\"$clew_path\" ;; esac # as status writes it
    clew_listed="$clew_listed$clew_nl!! $clew_path" clew_todo=1
  done
}

# Updates the index with what was listed, writes the tree, and a ref that keeps it. The ref comes first, so that what
# HEAD names is never pruned.
clew_store() {
  clew_add || { clew_list && clew_sift && clew_measure && clew_add; } || { why='git cannot add the files'; return 1; }
  tree=$(clew_git write-tree 2> /dev/null) || { why='git cannot write the tree'; return 1; }
  [ -e "$clew_home/objects.git/refs/checkpoints/$tree" ] ||
    printf '%s\n' "$tree" >| "$clew_home/objects.git/refs/checkpoints/$tree" || return 1
  printf '%s\n' "$tree" >| "$clew_ws/HEAD" && printf '%s\n' "$tree" >| "$clew_ws/tree"
}

clew_add() {
  for clew_line in $clew_listed; do
    clew_path=${clew_line#???}
    case $clew_line in
      '?? '*/|'?? '*/\"|?' '*) continue ;;
    esac
    clew_is_dropped "$clew_path" || printf '%s\n' "$clew_path"
  done | clew_git update-index --add --remove --replace --stdin 2> /dev/null
}
