# Sourced by git's hooks in a shell of its own, as ( set -- post-commit|post-merge|post-rewrite [argument]; . git-commit.sh ),
# with clew_home set; also called as sh git-commit.sh <hook> [argument]. Drops what is known of the new HEAD into the spool, as
# fields that end with NUL, so that any path and any name survives. It reads nothing of the hook's input, prints nothing and
# exits 0 whatever happens. A missing spool is not made again: it means that clew is gone. Only tail is started: each
# program costs more than a millisecond.

exec < /dev/null > /dev/null 2>&1
trap '' HUP INT 25 # 25: over a limit on the size of files, which is to fail and not to kill
trap - EXIT
set +eu
umask 077
set -C # > makes the file or fails
PATH=$PATH:/usr/bin:/bin
IFS=' '
tab='	'

: "${clew_home:=${0%/*/*}}"
spool=$clew_home/spool
[ -w "$spool" ] || exit 0

# git runs its hooks in the top folder of the working tree.
cd -P .
gitdir=${GIT_DIR:-.git}
[ ! -f "$gitdir" ] || { gitdir=$(cat "$gitdir") && gitdir=${gitdir#gitdir: }; }
case $gitdir in /*) ;; *) gitdir=$PWD/$gitdir ;; esac

head='' branch='' previous='' told=''
last=$(tail -n 1 "$gitdir/logs/HEAD")
if [ -n "$last" ]; then
  told=${last#*"$tab"}
  previous=${last%% *} head=${last#* }
  head=${head%% *}
  IFS= read -r line < "$gitdir/HEAD"
  # A rebase goes on without a branch.
  case $line in 'ref: '*) ;; *) IFS= read -r line < "$gitdir/rebase-merge/head-name" ;; esac
else
  # Without a reflog, or where references are kept otherwise.
  head=$(git rev-parse -q --verify HEAD) line=$(git symbolic-ref -q HEAD)
fi
line=${line#ref: }
case $line in refs/heads/*) branch=${line#refs/heads/} ;; esac

pairs=''
case $1.$2 in
  post-rewrite.amend)
    kind=amend
    case $told in 'commit (amend)'*) pairs="$previous $head" ;; esac ;;
  post-rewrite.*)
    kind=rewrite
    # What git gives to the hook is this file; the input itself is for whoever else is hooked.
    pairs=$(cat "$gitdir/rebase-merge/rewritten-list") || pairs=$(cat "$gitdir/rebase-apply/rewritten") ;;
  post-merge.*) kind=merge ;;
  *) kind=commit ;;
esac

# The processes that git was run by, where the system tells; read byte by byte, so no more than an agent can be away.
within='' pid=$$ up=0
while [ "$up" -lt 7 ] && [ "${pid:-1}" -gt 1 ] && IFS= read -r line < "/proc/$pid/stat"; do
  line=${line##*) } && line=${line#* } && pid=${line%% *} within="$within $pid" up=$((up + 1))
done

# Written in one piece, and the last field tells that it is whole.
n=0
while [ "$n" -lt 99 ]; do
  name=$spool/commit.$PPID.$$.$n.json n=$((n + 1)) made=''
  { # a group, as a failing redirection of a built-in ends some shells
    made=1
    printf '%s\0' 'clew commit 1' "kind $kind" "head $head" "previous $previous" "branch $branch" "told $told" \
      "session $CLEW_SESSION_ID" "within$within" "pairs $pairs" "gitdir $gitdir" "root $PWD" 'end '
  } > "$name" && exit 0
  [ -z "$made" ] || rm -f "$name"
done
exit 0
