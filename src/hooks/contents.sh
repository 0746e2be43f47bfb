# What a checkpoint takes of the files that git lists, and what it leaves out. checkpoint.sh sources this file.

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

# Sets clew_lines to a file's lines. The shell reads byte by byte, which is still quicker than a program for a few.
clew_read_lines() {
  clew_lines='' clew_n=0
  [ -s "$1" ] || return 0
  while IFS= read -r clew_line; do
    clew_lines=$clew_lines$clew_line$clew_nl clew_n=$((clew_n + 1))
    [ "$clew_n" -lt 100 ] || { clew_lines=$(cat "$1")$clew_nl && return; }
  done < "$1"
}

# What is gone, or may be taken again, is no longer left out.
clew_look_again() {
  clew_find_large
  clew_kept=''
  for clew_line in $clew_left; do
    clew_reason=${clew_line%%"$clew_tab"*} clew_path=${clew_line##*"$clew_tab"} clew_still=''
    clew_unquote "$clew_path"
    case $clew_reason in
      unreadable) [ ! -e "./$clew_raw" ] || [ -r "./$clew_raw" ] || clew_still=1 ;;
      special)
        [ -h "./$clew_raw" ] || [ ! -e "./$clew_raw" ] || [ -f "./$clew_raw" ] || [ -d "./$clew_raw" ] || clew_still=1 ;;
      large) case $clew_large in *"$clew_nl$clew_path$clew_nl"*) clew_still=1 ;; esac ;;
      *)
        # One that is no repository any more: the untracked cache goes by the folder above, which knows nothing of it.
        [ -e "./$clew_raw/.git" ] || clew_uncached=1
        clew_still=1 ;;
    esac
    [ -z "$clew_still" ] || clew_kept=$clew_kept$clew_line$clew_nl clew_drop=$clew_drop$clew_path$clew_nl
  done
  [ "$clew_kept" != "$clew_left" ] || return 0
  clew_left=$clew_kept clew_dirty=1
  printf '%s' "$clew_left" >| "$clew_ws/left-out"
}

# Sets clew_large to those of the large files that still are.
clew_find_large() {
  clew_large=$clew_nl
  set --
  for clew_line in $clew_left; do
    clew_path=${clew_line##*"$clew_tab"}
    case $clew_line in
      large*\\*)
        clew_unquote "$clew_path"
        clew_size=$(clew_size_of "./$clew_raw")
        [ "${clew_size:-0}" -le "$clew_max_file" ] || clew_large=$clew_large$clew_path$clew_nl ;;
      large*) clew_unquote "$clew_path" && set -- "$@" "./$clew_raw" ;;
    esac
  done
  [ $# -eq 0 ] || for clew_line in $(ls -lnd "$@" 2> /dev/null); do
    clew_split_size
    [ "$clew_size" -le "$clew_max_file" ] || clew_large=$clew_large$clew_path$clew_nl
  done
}

# Sets clew_raw, clew_path and clew_size to what a line of `ls -ln ./name` tells.
clew_split_size() {
  clew_raw=${clew_line#*' ./'} clew_path=${clew_line#*' ./'}
  case $clew_path in *' '*) clew_path=\"$clew_path\" ;; esac # as status writes it
  IFS=' '
  set -- $clew_line
  IFS=$clew_nl
  clew_size=$5
}

clew_size_of() {
  IFS=' '
  set -- $(ls -lnd "$1" 2> /dev/null)
  printf '%s' "${5-}"
}

# Asks once for the sizes of what was listed, where that is little, and of the user's index.
clew_read_sizes() {
  clew_sizes='' clew_few=''
  set --
  if [ ${#clew_listed} -le 4000 ]; then
    clew_few=1
    [ -z "$clew_todo" ] || for clew_line in $clew_listed; do
      case $clew_line in '?? '*/|'?? '*/\"|?D*|?' '*|*\\*) continue ;; esac
      clew_unquote "${clew_line#???}"
      set -- "$@" "./$clew_raw"
    done
  fi
  [ -z "$clew_ask" ] || set -- "$@" "$clew_gitdir/index"
  [ $# -eq 0 ] || clew_sizes=$(ls -lnd "$@" 2> /dev/null)
  [ -z "$clew_ask" ] || clew_compare_index
}

# Every git status may write the user's index anew; one more path changes its size. Leaves clew_ask set if it did.
clew_compare_index() {
  printf '' >| "$clew_ws/asked"
  clew_before='' clew_ask='' clew_size=''
  for clew_line in $clew_sizes; do
    case $clew_line in
      *' ./'*) ;;
      *) IFS=' ' && set -- $clew_line && IFS=$clew_nl && clew_size=$5 ;;
    esac
  done
  IFS= read -r clew_before 2> /dev/null < "$clew_ws/user-index"
  [ "$clew_size" = "$clew_before" ] || { clew_ask=1 && printf '%s\n' "$clew_size" >| "$clew_ws/user-index"; }
}

# Looks at the size of everything listed, and whether it can be read, before git reads it.
clew_measure() {
  [ -n "$clew_todo" ] || return 0
  clew_count=0 clew_total=0
  [ -n "$clew_few" ] || clew_sizes=$(clew_sizes_of_many)
  for clew_line in $clew_sizes; do
    case $clew_line in
      *' ./'*) clew_split_size && clew_judge ;;
      *[!0-9' ']*) ;; # the user's index
      *) clew_count=${clew_line% *} clew_total=${clew_line#* } ;;
    esac
  done
  case $clew_listed in
    *\\*)
      for clew_line in $(printf '%s\n' "$clew_listed" | grep -F '\'); do
        case $clew_line in '?? '*/|'?? '*/\"|?D*|?' '*) continue ;; esac
        clew_path=${clew_line#???}
        clew_unquote "$clew_path"
        clew_size=$(clew_size_of "./$clew_raw")
        clew_judge
      done ;;
  esac
  clew_add_up
}

# For each that may have to be left out the line of ls; at last the number and the bytes of the others.
clew_sizes_of_many() {
  printf '%s\n' "$clew_listed" |
    sed '/^?? .*\/"\{0,1\}$/d; /^.D/d; /^. /d; /\\/d
      s/^...//; s/^"\(.*\)"$/\1/; s,^,./,; s/[^A-Za-z0-9_./-]/\\&/g' |
    xargs ls -lnd 2> /dev/null |
    awk -v max="$clew_max_file" '
      /^-/ && $5 <= max { n++; s += $5 }
      /^-/ && $5 > max || /^[^-ld]/ || !/^.r..r..r/ { print }
      END { printf "%d %.0f\n", n, s }'
}

# Of the file clew_raw with clew_size bytes.
clew_judge() {
  if [ -h "./$clew_raw" ] || [ ! -e "./$clew_raw" ] || { [ -d "./$clew_raw" ] && [ -r "./$clew_raw" ]; }; then
    :
  elif [ ! -r "./$clew_raw" ]; then
    clew_leave_out unreadable -
  elif [ ! -f "./$clew_raw" ]; then
    clew_leave_out special -
  elif [ "${clew_size:-0}" -gt "$clew_max_file" ]; then
    clew_leave_out large "$clew_size"
  else
    clew_count=$((clew_count + 1)) clew_total=$((clew_total + clew_size))
  fi
}

clew_leave_out() {
  clew_is_dropped "$clew_path" && return
  clew_drop=$clew_drop$clew_path$clew_nl
  clew_new=$clew_new$1$clew_tab$2$clew_tab$clew_path$clew_nl
}

clew_is_dropped() {
  case $clew_nl$clew_drop in *"$clew_nl$1$clew_nl"*) return 0 ;; esac
  return 1
}

# Keeps to the limits of a project. What is added up grows with every change; near a limit it is counted truly.
clew_add_up() {
  clew_files=0 clew_bytes=0
  [ ! -r "$clew_ws/size" ] || IFS=' ' read -r clew_files clew_bytes < "$clew_ws/size"
  clew_files=$((clew_files + clew_count)) clew_bytes=$((clew_bytes + clew_total))
  if [ "$clew_files" -gt "$clew_max_files" ] || [ "$clew_bytes" -gt "$clew_max_total" ]; then
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
  printf '%-40s\n' "$clew_files $clew_bytes" 1<> "$clew_ws/size"
}

# Brings `left-out` up to date: what cannot be taken now, and the repositories inside that a tree cannot name.
clew_note_left_out() {
  clew_kept=''
  for clew_line in $clew_left; do
    case $clew_line in large*|unreadable*|special*) clew_kept=$clew_kept$clew_line$clew_nl ;; esac
  done
  clew_kept=$clew_kept$clew_new$clew_unborn
  [ "$clew_kept" != "$clew_left" ] || return 0
  clew_left=$clew_kept
  printf '%s' "$clew_left" >| "$clew_ws/left-out"
  [ -z "$clew_new" ] || { clew_dirty=1 && clew_write_exclude; }
}
