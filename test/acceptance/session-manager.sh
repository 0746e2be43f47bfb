#!/bin/sh
# The workflow of a session manager, from start to history, with a real git repository: sh session-manager.sh <folder>, with
# the words that start clew in CLEW (`node …/bin/clew.mjs`, or `clew`). Says what it checks, and exits 1 at the first thing
# that is not so.
set -u
folder=${1:?a folder to work in}
clew() { $CLEW "$@"; }
export HOME="$folder/home" CLEW_HOME="$folder/clew" USER=mira NO_COLOR=1 COLUMNS=120
export GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=mira GIT_AUTHOR_EMAIL=mira@example.org
export GIT_COMMITTER_NAME=mira GIT_COMMITTER_EMAIL=mira@example.org
unset CLEW_SESSION_ID CLAUDE_CODE_SESSION_ID

checks=0
# check <what> <command…>: the command succeeds.
check() {
  what=$1 && shift
  if "$@"; then checks=$((checks + 1)) && echo "ok   $what"; else echo "FAIL $what" && exit 1; fi
}
# has <text> <pattern>: a line of the text matches.
has() { printf '%s\n' "$1" | grep -Eq -- "$2"; }
lacks() { ! has "$1" "$2"; }
# fails <code> <command…>: the command ends with that exit code.
fails() {
  code=$1 && shift
  "$@" > "$folder/out" 2> "$folder/err"
  [ "$?" -eq "$code" ]
}
# field <name>: the text under a key of JSON on one line.
field() { sed -n "s/.*\"$1\":\"\\([^\"]*\\)\".*/\\1/p" | head -n 1; }

mkdir -p "$HOME" "$folder/api/src" && cd "$folder/api" || exit 1
git init -q -b main . && printf 'run the tests\n' > AGENTS.md && printf 'let a = 1\n' > src/a.js
printf -- '- [ ] bd-7 Mend the parser\n' > ISSUES.md
git add . && git commit -qm 'begin' || exit 1

echo '# start'
started=$(clew session start --project . --agent-type claude --agent-version claude-sonnet-4-5 --model-tier sonnet \
  --goal 'mend the parser' --non-interactive)
id=$(printf '%s\n' "$started" | sed -n 's/^Session ID *//p')
uuid=$(printf '%s\n' "$started" | sed -n 's/^Session UUID *//p')
check 'it prints an ID' [ -n "$id" ]
check 'the UUID begins with the ID' has "$uuid" "^$id"
check 'project, agent, goal and context' has "$started" '^Project .*/api$'
check 'the agent' has "$started" '^Agent *claude · claude-sonnet-4-5$'
check 'the goal' has "$started" '^Goal *mend the parser$'
check 'the context' has "$started" '^Context *3 files'
check 'the line for the environment' has "$started" "^ *export CLEW_SESSION_ID=$uuid\$"
check 'commands to go on with' has "$started" "^clew session end $id\$"
check 'a second one of the same agent is refused' fails 1 clew session start -p . --non-interactive
check 'with the first one named' has "$(cat "$folder/err")" "$id"
check 'and nothing is written' [ "$(clew session list --json | grep -o '"recordedAs":"' | wc -l)" -eq 1 ]
check 'another agent may begin' fails 0 clew session start -p api -t codex --non-interactive --no-context
check 'and another one beside it' fails 0 clew session start -p . --agent-type codex --parallel --no-context --json
check 'an unknown agent type is a wrong usage' fails 2 clew session start -p . --agent-type clippy
check 'an unknown project is told' fails 1 clew session start -p nowhere --non-interactive
check 'an unknown template, too' fails 1 clew session start -p . --template none --non-interactive --parallel

export CLEW_SESSION_ID="$uuid"

echo '# what happens in it'
check 'a message' fails 0 clew session add "$id" user_message 'why does it fail?'
check 'an answer' fails 0 clew session add "$id" agent_response 'a comma is missing'
check 'a command' fails 0 clew session add "$id" command_execution 'npm test' --metadata '{"exitCode":1}'
check 'nothing without content' fails 0 clew session add "$id" custom
check 'an unknown type is a wrong usage' fails 2 clew session add "$id" shout 'hello'
check 'an unknown session is told' fails 1 clew session add nobody custom
history=$(clew session history "$id")
check 'history begins with the start' has "$(printf '%s\n' "$history" | head -n 1)" 'session_start$'
check 'it has what was said' has "$history" '^  why does it fail\?$'
check 'and metadata' has "$history" '"exitCode":1'
check 'of a type' lacks "$(clew session history "$id" --type agent_response)" 'user_message'
check 'the latest' [ "$(clew session history "$id" --limit 1 --json | grep -o '"type"' | wc -l)" -eq 1 ]

echo '# metrics'
check 'a metric is recorded' fails 0 clew metric coverage 0.8
check 'and shown' has "$(clew session status "$id" --json)" '"name":"coverage","value":0.8'
check 'others are computed' has "$(clew session status "$id")" 'tokens_used 0.*duration_seconds'

echo '# pause and resume'
check 'it is paused' has "$(clew session pause "$id")" 'paused'
check 'status says so' has "$(clew session status "$id")" '^status *paused$'
check 'the same agent may begin meanwhile' fails 0 clew session start -p . --no-context --non-interactive --json
other=$(field id < "$folder/out")
check 'then it is not resumed' fails 1 clew session resume "$id"
check 'until the other one is over' fails 0 clew session end "$other" --status cancelled
check 'and is active again' has "$(clew session resume "$id")" 'active'

echo '# context'
check 'a snapshot was taken at the start' has "$(clew session context "$id")" '^type *initial$'
check 'it is written to a file' fails 0 clew session context "$id" --output "$folder/context.json"
for part in '"branch": "main"' '"src/a.js"' '"subject": "begin"' '"text": "run the tests' '"id": "bd-7"'; do
  check "with $part" grep -q "$part" "$folder/context.json"
done
check 'a later one is taken' fails 0 clew session snapshot "$id" --type refresh
check 'and is the latest' has "$(clew session context "$id" --json)" '"type":"refresh"'
check 'where there is none, that is told' fails 1 clew session context "$other"

echo '# a commit'
printf 'let a = 2\n' > src/a.js && git commit -qam 'fix: the comma' || exit 1
if clew commits --help > /dev/null 2>&1; then
  check 'a commit made meanwhile is linked' has "$(clew commits "$id" --json)" "$(git rev-parse HEAD)"
  check 'history has it' has "$(clew session history "$id" --type commit)" '^  [0-9a-f]{7} fix: the comma$'
  check 'and status' has "$(clew session status "$id" --verbose)" '^◆ [0-9a-f]{7} fix: the comma$'
fi

echo '# end'
ended=$(clew session end "$id" --message 'done, with a test')
check 'it is completed' has "$ended" '^status *completed \(completed\)$'
check 'its duration is told' has "$ended" '^duration '
again=$(clew session end "$id" --status failed 2>&1)
check 'the first end counts' has "$again" 'the first end counts'
check 'and stays' has "$(clew session status "$id" --json)" '"status":"completed"'
check 'once' [ "$(clew session history "$id" --type session_end --json | grep -o '"type"' | wc -l)" -eq 1 ]
check 'it cannot be paused' fails 1 clew session pause "$id"
check 'a status that is none is a wrong usage' fails 2 clew session end "$id" --status gone

echo '# list and status'
list=$(clew session list)
check 'it is listed' has "$list" "^$id.*claude-code *completed.*mend the parser"
check 'by status' lacks "$(clew session list --status completed)" 'active'
check 'by agent' lacks "$(clew session list --agent-type codex)" "^$id"
check 'by project' fails 0 clew session list --project nowhere
check 'none' [ ! -s "$folder/out" ]
check 'limited' [ "$(clew session list --limit 1 --json | grep -o '"recordedAs"' | wc -l)" -eq 1 ]
status=$(clew session status "$id" --verbose)
for line in "^UUID *$uuid" '^model tier *sonnet \(2, base\)' '^user *mira' '^goal *mend the parser' '^type *refresh'; do
  check "status has $line" has "$status" "$line"
done
check 'an unknown session is told' fails 1 clew session status nobody

echo '# the index is made anew'
before=$(clew session history "$id" --json)
clew reindex > /dev/null
check 'and holds the same' [ "$(clew session history "$id" --json)" = "$before" ]
echo "$checks checks"
