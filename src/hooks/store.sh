# Makes clew's own git store, which holds the contents of all projects' checkpoints. checkpoint.sh sources this file where it is
# needed.

clew_make_store() {
  (
    clew_clean_env
    unset GIT_CONFIG_GLOBAL
    GIT_CONFIG_NOSYSTEM=1 store=$1/objects.git
    export GIT_CONFIG_NOSYSTEM
    umask 077
    mkdir -p "$1/workspaces" || exit 1
    [ -e "$store/HEAD" ] || git init -q --bare --template= --object-format=sha1 "$store" || exit 1
    mkdir -p "$store/info" "$store/refs/checkpoints" || exit 1
    # Contents are kept byte for byte, whatever .gitattributes in the tree say.
    printf '* -text !eol -filter -ident !working-tree-encoding !diff !merge\n' >| "$store/info/attributes" &&
      cat >| "$store/config.$$" <<'END' && mv -f "$store/config.$$" "$store/config" || exit 1
[core]
	repositoryformatversion = 0
	bare = true
	fileMode = true
	symlinks = true
	autocrlf = false
	safecrlf = false
	quotePath = false
	fsmonitor = false
	untrackedCache = true
	preloadIndex = true
	trustctime = true
	checkStat = default
	sparseCheckout = false
	protectHFS = false
	protectNTFS = false
	hooksPath = /dev/null
	logAllRefUpdates = false
[index]
	version = 4
	sparse = false
[status]
	showUntrackedFiles = all
	relativePaths = false
	branch = false
	short = false
	renames = false
	submoduleSummary = false
[gc]
	auto = 0
[maintenance]
	auto = false
END
    # A writer that was killed between making a ref and filling it leaves it empty; its name is its content.
    find "$store/refs/checkpoints" -type f -size 0 -exec sh -c 'for f; do printf "%s\n" "${f##*/}" > "$f"; done' sh {} +
  )
}
