# What is told of a checkpoint, in a file of the spool: plain lines, as sh cannot escape JSON. checkpoint.sh sources this
# file.

# clew_spool_name <spool>: sets clew_file to a name that is free, without its ending.
clew_spool_name() {
  clew_n=0
  while [ "$clew_n" -lt 9999 ]; do
    clew_file=$1/checkpoint.$PPID.$$.$clew_n clew_n=$((clew_n + 1))
    [ -e "$clew_file.json" ] || [ -e "$clew_file.part" ] || [ "$clew_file" = "${name-}" ] || break
  done
}

# Notes what clew_checkpoint has found. Its caller sets $name, of clew_spool_name, and $session, $run, $event, $tool and
# $message to what belongs to it.
clew_note() {
  late=0 clew_file=$name
  if [ "$clew_depth" -gt 0 ]; then
    [ ! -e "$name.part" ] || late=1
    clew_spool_name "${name%/*}"
  else
    # Who makes the .part first decides whether the checkpoint is late.
    set -C
    printf '' > "$name.part" || late=1
    set +C
  fi
  head=- branch=-
  cd "$clew_root" 2> /dev/null && clew_find_head ''
  {
    printf '%s\n' 'clew checkpoint 2' "session $session" "run $run" "event $event" "tool $tool" "tree ${tree:--}" \
      "head $head" "branch $branch" "late $late" "why $why"
    [ -z "${message-}" ] || printf 'message %s\n' "$message"
    [ -z "$clew_states" ] || printf 'inner %s\n' $clew_states
    [ -z "$clew_left" ] || clew_note_left
    printf 'root %s\n' "$clew_root"
  } >| "$clew_file.part" && mv -f "$clew_file.part" "$clew_file.json"
}

# A hundred lines, and how many more there are.
clew_note_left() {
  clew_n=0
  for clew_line in $clew_left; do
    clew_n=$((clew_n + 1))
    [ "$clew_n" -gt 100 ] || printf 'left %s\n' "$clew_line"
  done
  [ "$clew_n" -le 100 ] || printf 'more %s\n' "$((clew_n - 100))"
}
