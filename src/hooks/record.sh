#!/bin/sh
# Called by an agent at each of its events: sh record.sh <spool folder> <agent> [event [pid]]. Drops what comes on stdin, byte
# for byte, into <spool>/<agent>.<ppid>.<pid>.<n>.json, or ….<n>.<id>.json inside of a session that is kept by hand. It
# prints nothing, exits 0 and reads its input to the end whatever happens, so that the agent never notices; what cannot be
# kept adds a byte to <spool>/.lost. A missing spool is not made again: it means that clew is gone. Only cat and mv are
# started, each costs about a millisecond. Where files may have changed, the state of the working tree follows
# (docs/checkpoints.md).

# Whether the files may be other than at the last event, or are about to be.
due() {
  case $2 in
    UserPromptSubmit|PreToolUse|PostToolUse|PostToolUseFailure|Stop|StopFailure|SubagentStop|PreCompact) ;;
    SessionStart|SessionEnd|BeforeAgent|BeforeTool|AfterTool|AfterAgent) ;;
    *) return 1 ;;
  esac
  home=${1%/*} functions=${0%/*}/checkpoint.sh
  [ -e "$home/objects.git/HEAD" ] && [ ! -e "$home/workspaces/off" ] && [ -r "$functions" ]
}

# The string under a key of the payload: a quote within a string is escaped, so `"key":"` is a key.
field() {
  case $2 in
    *"\"$1\":\""*) value=${2#*"\"$1\":\""} value=${value%%\"*} ;;
    *) value=- ;;
  esac
}

# Takes a checkpoint, for which the agent waits no longer than its budget.
follow() {
  text=$(head -c 4096 <&3)
  first=${text%%'"tool_input":'*} tool=-
  case $2 in
    *Tool*)
      field tool_name "$first"
      case $value in
        Read|Glob|Grep|LS|WebFetch|WebSearch|TodoWrite|TodoRead|ToolSearch|AskUserQuestion) return ;;
        EnterPlanMode|ExitPlanMode|TaskList|TaskGet|TaskCreate|TaskUpdate|NotebookRead|BashOutput) return ;;
        ListMcpResources*|ReadMcpResource*|update_plan|view_image) return ;;
        read_file|read_many_files|list_directory|glob|grep_search|search_file_content|google_web_search) return ;;
        web_fetch|get_internal_docs|write_todos|ask_user|update_topic|enter_plan_mode|exit_plan_mode) return ;;
      esac
      # Of a long one the end is wanted, too; a character has up to four bytes.
      [ "${#text}" -lt 1024 ] || text=$text$(tail -c 1024 <&3)
      last=${text##*'"tool_use_id":'} # the input may have such a key too
      [ "$last" = "$text" ] || { field tool_use_id "\"tool_use_id\":$last" && tool=$value; } ;;
  esac
  exec 3<&-
  field agent_id "$first"
  run=$value
  field session_id "$first"
  session=$value

  . "$functions"
  clew_spool_name "$1"
  name=$clew_file
  # Of the limits only this one is needed here, and the agent waits for it.
  [ -n "${CLEW_BUDGET_MS-}" ] || [ ! -r "$home/workspaces/limits" ] || while IFS='=' read -r word value; do
    [ "$word" != clew_budget ] || CLEW_BUDGET_MS=$value
  done < "$home/workspaces/limits"
  case ${CLEW_BUDGET_MS-} in ''|*[!0-9]*) CLEW_BUDGET_MS=150 ;; esac
  over=''
  trap 'over=1' USR1
  # Gemini CLI has other names for the same.
  case $2 in
    BeforeAgent) event=UserPromptSubmit ;;
    BeforeTool) event=PreToolUse ;;
    AfterTool) event=PostToolUse ;;
    AfterAgent) event=Stop ;;
    *) event=$2 ;;
  esac
  state &
  job=$!
  thousandths=00$((CLEW_BUDGET_MS % 1000))
  { sleep "$((CLEW_BUDGET_MS / 1000)).${thousandths#"${thousandths%???}"}" && kill -USR1 $$; } &
  timer=$!
  wait "$job"
  # clew_note makes it, too: who does so first decides whether the checkpoint is late.
  if [ -n "$over" ] && ! printf '' > "$name.part"; then wait "$job"; fi
  kill "$timer"
}

state() {
  root=${CLAUDE_PROJECT_DIR:-$PWD}
  cd -P "$root" || return
  root=$PWD
  # A repository of dotfiles in the home folder is not that of the projects below it.
  while [ -n "$root" ] && [ ! -e "$root/.git" ]; do root=${root%/*}; done
  case ${HOME%/}/ in "$root"/*) root=$PWD ;; esac

  clew_checkpoint "$home" "$root" clew_note
}

# Not for a group only: what goes on in the background would keep what the group has set aside, and the agent waiting.
exec > /dev/null 2>&1
trap '' HUP INT # a closing terminal is no reason to lose the last event
umask 077
set -C # > makes the file or fails, so the .part is also the lock on its name
PATH=$PATH:/usr/bin:/bin

# It becomes part of a file's name, so what is no UUID is left out.
case ${CLEW_SESSION_ID-} in
  ''|*[!0-9a-f-]*|?????????????????????????????????????*) within='' ;;
  *) within=.$CLEW_SESSION_ID ;;
esac

n=0 writing=''
while [ -w "$1" ] && [ -z "$writing" ] && [ "$n" -lt 9999 ]; do
  name=$1/$2.${4:-$PPID}.$$.$n$within n=$((n + 1)) locked=''
  [ ! -e "$name.json" ] || continue
  { # a group, as a failing redirection of a built-in ends some shells
    locked=1
    # Asked again under the lock: containers that share a spool have the same process ids.
    [ ! -e "$name.json" ] && writing=1 && cat
  } > "$name.part" && {
    # Opened before it gets its name, as whoever takes it in deletes it.
    following=''
    if due "$1" "$3"; then exec 3< "$name.part" && following=1; fi
    mv -f "$name.part" "$name.json"
  } && {
    [ -z "$following" ] || follow "$1" "$3"
    exit 0
  }
  [ -z "$locked" ] || rm -f "$name.part"
done

(printf . >> "$1/.lost") # apart, as even this can be deadly: a limit on file sizes kills
cat # whatever is left, so that the agent's write does not fail
exit 0
