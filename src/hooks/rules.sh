# Which files are the project's by the rules of git and of clew's settings, and what follows when a rule changes.
# checkpoint.sh sources this file.

# Writes `exclude` anew when one of the files that it is made of has changed.
clew_excludes() {
  clew_ask=''
  [ -z "$clew_gitdir" ] || [ ! -e "$clew_gitdir/index" ] || [ "$clew_ws/asked" -nt "$clew_gitdir/index" ] || clew_ask=maybe

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
  clew_read_lines "$clew_ws/left-out"
  clew_left=$clew_lines
  [ -z "$clew_left" ] || clew_look_again
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
    for clew_line in $clew_left; do
      case $clew_line in
        large*|unreadable*|special*) clew_unquote "${clew_line##*"$clew_tab"}" && clew_pattern "$clew_raw" ;;
      esac
    done
  } >| "$clew_ws/exclude.$clew_self"
  mv -f "$clew_ws/exclude.$clew_self" "$clew_ws/exclude"
}

# A line that ignores just this path. A newline cannot stand in it; `?` is any one character.
clew_pattern() {
  printf '/%s' "$1" | tr '\n' '\001' | sed 's/[][\\*? ]/\\&/g' | tr '\001' '?'
  echo
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

# The rules have changed: what is ignored now leaves the index, but for what the user tracks all the same.
clew_reconsider() {
  clew_git -c core.excludesFile="$clew_ws/exclude" ls-files -ci --exclude-standard $clew_wanted 2> /dev/null |
    clew_exec_git update-index --force-remove --stdin 2> /dev/null
  [ -z "$clew_inner" ] || clew_keep_linked
  [ -n "$clew_asked" ] || clew_ask_user
}

# Adds what the user tracks though it is ignored.
clew_ask_user() {
  clew_asked=1
  [ -n "$clew_gitdir" ] || return 0
  for clew_path in $(clew_user_git ls-files -ci --exclude-standard 2> /dev/null); do
    case $clew_path in \"*) ;; *' '*) clew_path=\"$clew_path\" ;; esac # as status writes it
    clew_unquote "$clew_path"
    if [ -e "./$clew_raw/.git" ]; then
      clew_meet "$clew_path"
    else
      clew_listed="$clew_listed$clew_nl!! $clew_path" clew_todo=1
    fi
  done
  clew_read_sizes
}
