# The user's repositories as far as the files of their git folders tell, and those that lie inside of a project, submodules
# too: the tree holds them as their commits, as git's own trees do, and their files are checkpoints of their own.
# checkpoint.sh sources this file.

# clew_find_git <prefix>: sets clew_found and clew_shared to the git folder of the working tree below the prefix (empty,
# or a folder and a slash), and to the one that it shares with other worktrees.
clew_find_git() {
  clew_found='' clew_shared=''
  if [ -d "$1.git" ]; then
    clew_found=$1.git clew_shared=$1.git
  elif [ -f "$1.git" ]; then
    IFS= read -r clew_found < "$1.git"
    clew_found=${clew_found#gitdir: }
    case $clew_found in /*) ;; *) clew_found=$1$clew_found ;; esac
    clew_shared=$clew_found
    if [ -f "$clew_found/commondir" ]; then
      IFS= read -r clew_shared < "$clew_found/commondir"
      case $clew_shared in /*) ;; *) clew_shared=$clew_found/$clew_shared ;; esac
    fi
  fi
}

# clew_find_head <prefix>: sets $head and $branch, `-` where there is none. If the files do not tell, which only git then
# knows, clew_unsure is set.
clew_find_head() {
  head=- branch=- clew_unsure=''
  clew_find_git "$1"
  [ -r "$clew_found/HEAD" ] || return 0
  IFS= read -r head < "$clew_found/HEAD"
  case $head in
    'ref: refs/heads/.invalid') head=- clew_unsure=1 ;; # refs that are no files
    'ref: '*)
      branch=${head#ref: } head=-
      if [ -r "$clew_shared/$branch" ]; then
        IFS= read -r head < "$clew_shared/$branch"
      elif [ -r "$clew_shared/packed-refs" ]; then
        clew_find_packed
      fi ;;
  esac
  case $head in *[!0-9a-f]*) head=- ;; esac
}

clew_find_packed() {
  clew_n=0
  while IFS=' ' read -r clew_id clew_name; do
    [ "$clew_name" != "$branch" ] || { head=$clew_id && return; }
    clew_n=$((clew_n + 1))
    [ "$clew_n" -lt 100 ] || { clew_unsure=1 && return; }
  done < "$clew_shared/packed-refs"
}

# Sets clew_commit to what HEAD of the repository clew_raw is at, or clew_reason to why a tree cannot name it.
clew_find_commit() {
  clew_find_head "./$clew_raw/"
  [ -z "$clew_unsure" ] || head=$(git -C "./$clew_raw" rev-parse -q --verify HEAD 2> /dev/null)
  clew_commit=$head clew_reason=no-commit
  [ -r "$clew_found/HEAD" ] || clew_reason=repository
  case ${#head} in
    40) return 0 ;;
    64) clew_reason=sha256 ;;
  esac
  return 1
}

# Looks at those that the index holds already. One that is no repository any more leaves the index, so that status lists
# its files.
clew_look_inside() {
  clew_read_lines "$clew_ws/inner"
  clew_gone=''
  set --
  for clew_line in $clew_lines; do
    clew_before=${clew_line%%"$clew_tab"*} clew_path=${clew_line#*"$clew_tab"}
    clew_unquote "$clew_path"
    if clew_is_inside && clew_find_commit; then
      clew_line=$clew_commit$clew_tab$clew_path$clew_nl clew_inner=$clew_inner$clew_commit$clew_tab$clew_path$clew_nl
      [ "$clew_commit" = "$clew_before" ] || clew_links=$clew_links$clew_line clew_linked=1
    else
      set -- "$@" "$clew_raw" && clew_gone=$clew_gone-$clew_tab$clew_path$clew_nl
    fi
  done
  [ $# -gt 0 ] || return 0
  clew_linked=1 clew_uncached=1
  clew_git update-index --force-remove -- "$@" 2> /dev/null
}

# Whether clew_raw is a repository, and no link on the way leads elsewhere.
clew_is_inside() {
  [ -e "./$clew_raw/.git" ] || return 1
  clew_at=. clew_rest=$clew_raw/
  while [ -n "$clew_rest" ]; do
    clew_at=$clew_at/${clew_rest%%/*} clew_rest=${clew_rest#*/}
    [ ! -h "$clew_at" ] || return 1
  done
}

# clew_meet <path>: one that the index does not hold.
clew_meet() {
  case $1 in
    */\") clew_path=${1%/\"}\" ;;
    *) clew_path=${1%/} ;;
  esac
  clew_unquote "$clew_path"
  if clew_find_commit; then
    clew_line=$clew_commit$clew_tab$clew_path$clew_nl
    clew_links=$clew_links$clew_line clew_linked=1
    case $clew_nl$clew_inner in *"$clew_nl$clew_line"*) ;; *) clew_inner=$clew_inner$clew_line ;; esac
  else
    clew_line=$clew_reason$clew_tab-$clew_tab$clew_path$clew_nl
    case $clew_nl$clew_unborn in *"$clew_nl$clew_line"*) ;; *) clew_unborn=$clew_unborn$clew_line ;; esac
  fi
}

# Before the tree is written: who finds a commit that is not known here, or none, does again what a killed call did.
clew_mark_links() {
  clew_lines=''
  for clew_line in $clew_inner; do
    case $clew_nl$clew_links in *"$clew_nl$clew_line$clew_nl"*) clew_line=-$clew_tab${clew_line#*"$clew_tab"} ;; esac
    clew_lines=$clew_lines$clew_line$clew_nl
  done
  printf '%s' "$clew_lines$clew_gone" >| "$clew_ws/inner"
}

# Of those that the index held, the ones that rules now ignore have left it.
clew_keep_linked() {
  clew_lines=$(clew_git ls-files --stage 2> /dev/null | sed -n 's/^160000 [0-9a-f]* 0.//p')
  clew_kept=''
  for clew_line in $clew_inner; do
    clew_path=${clew_line#*"$clew_tab"}
    clew_bare=$clew_path
    case $clew_bare in *\\*) ;; \"*) clew_bare=${clew_bare#\"} clew_bare=${clew_bare%\"} ;; esac # as ls-files writes it
    case $clew_nl$clew_lines$clew_nl$clew_links in
      *"$clew_nl$clew_bare$clew_nl"*|*"$clew_nl$clew_line$clew_nl"*) clew_kept=$clew_kept$clew_line$clew_nl ;;
    esac
  done
  [ "$clew_kept" = "$clew_inner" ] || clew_inner=$clew_kept clew_linked=1
}

# Takes their files, too, each as a checkpoint of its own: of the first 16 in all, and four levels deep. Sets clew_states
# to lines of commit, tree and path.
clew_take_inner() {
  clew_states=''
  for clew_line in $clew_inner $clew_unborn; do
    clew_path=${clew_line##*"$clew_tab"} clew_commit=${clew_line%%"$clew_tab"*} clew_tree=-
    case $clew_commit in *[!0-9a-f]*) clew_commit=- ;; esac
    clew_unquote "$clew_path"
    if [ "$clew_room" -gt 0 ] && [ "$clew_depth" -lt 4 ]; then
      clew_tree=$(
        clew_depth=$((clew_depth + 1)) clew_room=$((clew_room - 1))
        clew_checkpoint "$clew_home" "$clew_root/$clew_raw" "$clew_noter"
        printf '%s %s' "${tree:--}" "$clew_room"
      )
      clew_room=${clew_tree#* } clew_tree=${clew_tree% *}
    fi
    clew_states=$clew_states$clew_commit$clew_tab$clew_tree$clew_tab$clew_path$clew_nl
  done
}
