# Sourced by git's commit-msg hook in a shell of its own, with the file of the message as $1: adds the trailer `Clew-Session: <id>` where one is not there
# yet. git itself finds the place, as it knows comments, scissors lines and what `commit.verbose` shows. It prints
# nothing and exits 0 whatever happens; a message that is empty stays so, since that is how a commit is given up.

exec < /dev/null > /dev/null 2>&1
trap - EXIT
set +eu
PATH=$PATH:/usr/bin:/bin

case $CLEW_SESSION_ID in
  ''|*[!A-Za-z0-9._-]*) exit 0 ;;
esac
# What begins with a letter is no comment, whatever marks those; git is asked only where no line does.
found=''
while IFS= read -r line || [ -n "$line" ]; do
  case $line in
    Clew-Session:*) exit 0 ;;
    ?' ------------------------ >8 ------------------------') break ;;
    [A-Za-z0-9]*) found=1 ;;
  esac
done < "$1"
: "${found:=$(sed '/^. -\{24\} >8 -\{24\}$/,$d' "$1" | git stripspace --strip-comments)}"
[ -z "$found" ] || git interpret-trailers --in-place --no-divider --if-exists doNothing \
  --trailer "Clew-Session: $CLEW_SESSION_ID" "$1"
exit 0
