// Commits and pull requests that a shell command's output shows.
import type { Emit, Place } from '../../model/index.ts';

/** `[main 1a2b3c4] subject`, also `[main (root-commit) 1a2b3c4] subject`. */
const committed = /^\[([^\]\s]+)(?: \([a-z-]+\))? ([0-9a-f]{7,40})\] (.*)$/gm;
const pullRequest = /https:\/\/[\w.-]+\/[\w.-]+\/[\w.-]+\/(?:pull|merge_requests)\/(\d+)/g;

export function readCommits(operation: string, command: string, output: string, place: Place, emit: Emit): void {
  if (/\bgit\b[^\n]*\bcommit\b/.test(command)) {
    const found = [...output.matchAll(committed)].map(([, branch, sha, subject]) => ({ branch, sha, subject }));
    // A quiet commit says nothing; a `rev-parse HEAD` behind it does.
    if (found.length === 0 && /\brev-parse\b/.test(command))
      for (const [sha] of output.matchAll(/^[0-9a-f]{40}$/gm)) found.push({ branch: undefined, sha, subject: undefined });
    for (const commit of found)
      emit({ fact: 'entry', key: `${operation}|commit|${commit.sha}`, kind: 'commit', place, text: [commit.sha, commit.subject].filter(Boolean).join(' '), detail: commit });
  }
  if (/\b(?:gh|glab)\b[^\n]*\b(?:pr|mr) create\b/.test(command))
    for (const [url, number] of output.matchAll(pullRequest))
      emit({ fact: 'entry', key: `${place.session}|pr|${url}`, kind: 'pull_request', place, text: url, detail: { number: Number(number) } });
}
