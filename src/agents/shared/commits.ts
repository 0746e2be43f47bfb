// Commits and pull requests that a shell command made: by what git printed, and, from about 2.1.150 on, by what the
// client itself made of it (`gitOperation`, of several commits only the last).
import type { Emit, Place } from '../../model/index.ts';
import { number, object, text } from './shapes.ts';
import type { Json } from './shapes.ts';

/** `[main 1a2b3c4] subject`, `[main (root-commit) 1a2b3c4] subject`, `[detached HEAD 1a2b3c4] subject`. */
const committed = /^\[([^\]\n]+?)(?: \([a-z-]+\))? ([0-9a-f]{7,40})\] (.*)$/gm;
/** What git prints below that, and nobody writes by hand. */
const summary = /^ \d+ files? changed\b/m;
/** `git`, its own options, and a command that makes commits. */
const commits =
  /\bgit(?:\s+(?:-[cC]\s+(?:"[^"]*"|'[^']*'|[^\s"'])+|--?[\w-]+(?:=\S+)?))*\s+(?:commit|cherry-pick|revert|am)\b/;
const pullRequest = /https:\/\/[\w.-]+\/[\w.-]+\/[\w./-]+\/(?:pull|merge_requests)\/(\d+)/g;

interface Commit {
  readonly sha: string;
  readonly branch?: string | undefined;
  readonly subject?: string | undefined;
}

export function readCommits(
  operation: string,
  command: string,
  output: string,
  told: Json | undefined,
  place: Place,
  emit: Emit,
): void {
  const git = object(told?.['gitOperation']);
  for (const commit of commitsOf(command, output, object(git?.['commit'])))
    emit({
      fact: 'entry',
      key: `${operation}|commit|${commit.sha}`,
      kind: 'commit',
      place,
      text: [commit.sha, commit.subject].filter(Boolean).join(' '),
      detail: commit,
    });
  const made = object(git?.['pr']);
  const requests = new Map<string, number>();
  if (/\b(?:gh|glab)\b[^\n]*\b(?:pr|mr) create\b/.test(command))
    for (const [url, n] of output.matchAll(pullRequest)) requests.set(url, Number(n));
  const url = text(made?.['url']);
  if (url !== undefined && made?.['action'] === 'created') requests.set(url, number(made['number']) ?? 0);
  for (const [url, n] of requests)
    emit({
      fact: 'entry',
      key: `${place.session}|pr|${url}`,
      kind: 'pull_request',
      place,
      text: url,
      detail: { number: n },
    });
}

function commitsOf(command: string, output: string, told: Json | undefined): Commit[] {
  const asked = commits.test(command);
  const found: Commit[] = [];
  if (asked || summary.test(output))
    for (const [, branch, sha = '', subject] of output.matchAll(committed))
      found.push({ sha, branch: branch?.includes(' ') ? undefined : branch, subject });
  // A quiet commit says nothing; a `rev-parse HEAD` behind it does.
  if (asked && found.length === 0 && /\brev-parse\b/.test(command))
    for (const [sha] of output.matchAll(/^[0-9a-f]{40}$/gm)) found.push({ sha });
  const sha = text(told?.['sha']);
  if (sha !== undefined && !found.some((one) => one.sha.startsWith(sha) || sha.startsWith(one.sha)))
    found.push({ sha, branch: text(told?.['branch']) });
  return found;
}
