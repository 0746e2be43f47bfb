# One call works on a workspace at a time, and what a dead one left is cleared away. checkpoint.sh sources this file.

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
