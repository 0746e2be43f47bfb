#!/bin/sh
# Called by an agent at each of its events: sh record.sh <spool folder> <agent>. Drops what comes on stdin, byte for
# byte, into <spool>/<agent>.<ppid>.<pid>.<n>.json, and does nothing else. It prints nothing, exits 0 and reads its
# input to the end whatever happens, so that the agent never notices; what cannot be kept adds a byte to <spool>/.lost.
# A missing spool is not made again: it means that clew is gone. Only cat and mv are started, each costs about a
# millisecond.
{
  trap '' HUP INT # a closing terminal is no reason to lose the last event
  umask 077
  set -C # > makes the file or fails, so the .part is also the lock on its name
  PATH=$PATH:/usr/bin:/bin

  n=0 writing=''
  while [ -w "$1" ] && [ -z "$writing" ] && [ "$n" -lt 9999 ]; do
    name=$1/$2.$PPID.$$.$n n=$((n + 1)) locked=''
    [ ! -e "$name.json" ] || continue
    { # a group, as a failing redirection of a built-in ends some shells
      locked=1
      # Asked again under the lock: containers that share a spool have the same process ids.
      [ ! -e "$name.json" ] && writing=1 && cat
    } > "$name.part" && mv -f "$name.part" "$name.json" && exit 0
    [ -z "$locked" ] || rm -f "$name.part"
  done

  (printf . >> "$1/.lost") # apart, as even this can be deadly: a limit on file sizes kills
  cat # whatever is left, so that the agent's write does not fail
} > /dev/null 2>&1
exit 0
