// The words that names and sentences are made of, the frequent ones first.

const prose = `the to a of and is in it for that this with on not be I as so from are but now by an if or let me at
which will we all one there should need test file code when only check has also line have function use first no see
then same would run because before after new change error add can does still already where into they any how what
two works without same path between look fix call more actually each since just like both default returns case over
tests read write while main current value set list name make here never session config once update build command
left right wrong state correct simple change missing entry exactly handle expected whether output input rather than
type field means order result next another most last branch commit existing tree server client request response
different return pass fail match empty string number parse record remove create start stop keep hold move change
find found through until their its other same against under above below every some such these those could may might
must cannot instead likely probably seems clear looks good great done verify confirm consider careful problem issue
reason cause symptom behaviour race lock cache index query table column row schema migration version release deploy
review comment question answer decision plan step phase option choice trade flag switch setting environment variable
secret token header body status code timeout retry backoff limit bound buffer stream chunk frame offset length size
memory process thread worker queue event listener handler callback promise module import export package dependency
library framework component render layout style button form page route link image icon colour font theme screen
user account role permission policy audit log trace span metric counter gauge histogram report summary detail
folder directory symlink permission owner group mode time date zone clock duration interval schedule cron job task
hash digest signature key certificate cipher encode decode escape quote trim split join merge diff patch apply
revert rebase conflict resolve remote origin push pull fetch clone checkout stash tag blame history snapshot backup
restore archive compress extract download upload sync replicate shard partition leader follower quorum election`;

const nouns = `user session config file path entry record token cache index query table column row schema version
release request response header body status retry limit buffer stream chunk frame offset length size memory process
worker queue event handler module package component layout style button form page route link image theme account
role policy audit log trace span metric counter report summary folder owner group mode time clock interval job task
hash digest key cipher line block node tree branch commit tag remote diff patch snapshot backup archive shard leader
store client server socket channel message topic batch window range cursor parser lexer scanner writer reader loader
builder factory registry adapter provider context scope option flag rule filter sorter mapper reducer validator
checker runner watcher tracker monitor timer lock mutex pool graph edge vertex matrix vector point shape region
checkpoint strategy manifest metadata transcript prompt agent hook plugin command result error state name value type`;

const verbs = `get set add remove find load save read write parse format build create delete update merge split open
close start stop run check validate resolve apply revert fetch push pull sync encode decode compress extract render
handle emit collect count sort filter map reduce visit walk scan match replace insert append flush reset init ensure
make is has can should with from to on`;

export const proseWords = split(prose);
export const nounWords = split(nouns);
export const verbWords = split(verbs);

function split(text: string): readonly string[] {
  return [...new Set(text.split(/\s+/))];
}
