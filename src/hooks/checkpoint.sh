# Takes the state of a working tree into clew's own git store: $CLEW_HOME/objects.git for the contents of all projects,
# and $CLEW_HOME/workspaces<root>/%clew for what is known of one. The user's .git is read and never written. Only
# functions: record.sh and clew source this file, with $0 in its folder. docs/checkpoints.md describes the layout and why
# it is so. What runs at each call starts as few programs as it can: each costs the agent more than a millisecond.

clew_nl='
' clew_tab='	'

. "${0%/*}/lock.sh"
. "${0%/*}/rules.sh"
. "${0%/*}/contents.sh"
. "${0%/*}/repositories.sh"
. "${0%/*}/note.sh"

# clew_store_init <clewHome>: makes the store, or brings its settings up to date.
clew_store_init() {
  . "${0%/*}/store.sh"
  clew_make_store "$1"
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

# The same as the last thing that a subshell does, in its place.
clew_exec_git() {
  GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_INDEX_FILE=$clew_index
  export GIT_CONFIG_NOSYSTEM GIT_CONFIG_GLOBAL GIT_INDEX_FILE
  exec git --git-dir="$clew_ws" --work-tree="$clew_root" "$@"
}

# git with the user's repository and configuration, only to ask.
clew_user_git() {
  git -C "$clew_root" --no-optional-locks -c core.fsmonitor=false -c core.quotePath=false "$@"
}

# clew_checkpoint <clewHome> <root> [function]: sets $tree and returns 0, or sets $why. The root is an absolute path
# without symbolic links. The function notes what was taken, or why nothing could be, and is called before another call
# may take one of the same root; with one, checkpoints of the repositories inside are taken and noted as well. It changes
# the folder, the umask and the environment of its shell.
clew_checkpoint() {
  tree='' why='' clew_home=$1 clew_root=$2 clew_ws=$1/workspaces$2/%clew clew_noter=${3-}
  clew_left='' clew_links='' clew_inner='' clew_unborn='' clew_states='' clew_locked=''
  : "${clew_depth:=0}" "${clew_room:=16}"
  clew_saved_ifs=$IFS clew_saved_flags=$-
  set +C -f
  IFS=$clew_nl
  if clew_take && [ -n "$tree" ]; then
    [ -z "$clew_noter" ] || clew_take_inner
  else
    tree='' && : "${why:=git failed}"
  fi
  [ -z "$clew_noter" ] || "$clew_noter"
  # Nobody has to wait for this.
  [ -z "$clew_locked" ] || rm -f "$clew_ws/lock" < /dev/null > /dev/null 2>&1 &
  IFS=$clew_saved_ifs
  case $clew_saved_flags in *C*) set -C ;; esac
  case $clew_saved_flags in *f*) ;; *) set +f ;; esac
  [ -n "$tree" ]
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

  clew_dirty='' clew_drop='' clew_new='' clew_asked='' clew_uncached='' clew_linked=''
  clew_find_git ''
  clew_gitdir=$clew_found clew_common=$clew_shared
  clew_excludes
  clew_include
  clew_look_inside && clew_list || { why='git cannot list the files'; return 1; }
  clew_sift
  clew_read_sizes
  [ -z "$clew_dirty$clew_ask" ] || clew_ask_user
  clew_measure || return 1
  clew_note_left_out
  [ -z "$clew_dirty" ] || clew_reconsider
  if [ -n "$clew_head" ] && [ -z "$clew_todo$clew_staged$clew_dirty$clew_linked" ]; then
    tree=$clew_head
  else
    clew_store || return 1
  fi
  [ "$clew_index" = "$clew_ws/index" ] || mv -f "$clew_index" "$clew_ws/index" || return 1
  # Last of all: until then the next call takes them in again.
  [ -z "$clew_linked" ] || printf '%s' "$clew_inner" >| "$clew_ws/inner"
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

# Status against the workspace's own index and last tree: of git's commands the one with the untracked cache, and it
# tells of a call that was killed between updating the index and writing the tree.
clew_list() {
  clew_listed=$(
    [ -z "$clew_uncached" ] || export GIT_DISABLE_UNTRACKED_CACHE=1
    clew_exec_git -c core.excludesFile="$clew_ws/exclude" status --porcelain --no-renames \
      --ignore-submodules=dirty 2> /dev/null
  ) || return 1
  # Once in the index, they are listed as what is tracked.
  [ -z "$clew_wanted" ] || for clew_path in $(
    clew_exec_git -c core.excludesFile="$clew_ws/exclude" ls-files -o --exclude-standard $clew_wanted -- $clew_specs \
      2> /dev/null
  ); do
    case $clew_path in */|*/\") continue ;; \"*) ;; *' '*) clew_path=\"$clew_path\" ;; esac # as status writes it
    clew_listed="$clew_listed$clew_nl!! $clew_path"
  done
}

# Sorts the lines of the list.
clew_sift() {
  clew_todo='' clew_staged=''
  for clew_line in $clew_listed; do
    clew_path=${clew_line#???}
    case $clew_line in
      '?? '*/|'?? '*/\") clew_meet "$clew_path" ;;
      ?' '*) clew_staged=1 ;;
      *)
        clew_todo=1
        case $clew_path in .gitignore|*/.gitignore|*/.gitignore\") clew_dirty=1 ;; esac ;;
    esac
  done
}

# Updates the index with what was listed, writes the tree, and a ref that keeps it. The ref comes first, so that what
# HEAD names is never pruned.
clew_store() {
  [ -z "$clew_linked" ] || clew_mark_links
  clew_add || clew_add_again || { : "${why:=git cannot take the files}"; return 1; }
  [ -e "$clew_home/objects.git/refs/checkpoints/$tree" ] ||
    printf '%s\n' "$tree" >| "$clew_home/objects.git/refs/checkpoints/$tree" || return 1
  # Written over, not emptied first: file systems take that for a reason to write to the disk at once.
  printf '%s\n' "$tree" 1<> "$clew_ws/HEAD" || return 1
}

# Sets $tree. A list as short as a pipe takes at once needs no process to write it.
clew_add() {
  if [ -n "$clew_few" ]; then
    clew_names=''
    for clew_line in $clew_listed; do
      clew_is_taken && clew_names=$clew_names$clew_nl${clew_line#???}
    done
    if [ -n "$clew_names" ]; then
      tree=$(
        clew_update_index << END
${clew_names#"$clew_nl"}
END
      )
    else
      tree=$(clew_update_index < /dev/null)
    fi
  else
    tree=$(
      for clew_line in $clew_listed; do
        clew_is_taken && printf '%s\n' "${clew_line#???}"
      done | clew_update_index
    )
  fi
  [ -n "$tree" ]
}

# Takes the files that come on stdin into the index, and prints the tree. For a subshell.
clew_update_index() {
  set --
  for clew_line in $clew_links; do
    clew_unquote "${clew_line#*"$clew_tab"}"
    set -- "$@" --cacheinfo "160000,${clew_line%%"$clew_tab"*},$clew_raw"
  done
  clew_git update-index --add --remove --replace "$@" --stdin 2> /dev/null && clew_exec_git write-tree 2> /dev/null
}

# A file may have gone meanwhile, a git whose shell was killed may be at the index, and git does not look for a file in a
# folder in whose place there is a link now.
clew_add_again() {
  clew_step_aside || return 1
  for clew_line in $clew_listed; do
    case $clew_line in ?D*) printf '%s\n' "${clew_line#???}" ;; esac
  done | clew_exec_git update-index --force-remove --stdin 2> /dev/null
  clew_list && clew_sift && clew_read_sizes && clew_measure && clew_add
}

clew_is_taken() {
  case $clew_line in '?? '*/|'?? '*/\"|?' '*) return 1 ;; esac
  [ -z "$clew_drop" ] || ! clew_is_dropped "${clew_line#???}"
}
