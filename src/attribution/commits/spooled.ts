// What git's hook leaves in the spool of a commit: words and values that end with NUL, see docs/commits.md.
import { commonOf } from './trees.ts';
import { isInPlace, isMadeHere, isRebase } from './reflog.ts';
import type { Seen } from './seen.ts';
import { textOfPath } from '../../model/index.ts';

/** A spooled call, its content, and the time at which git called. Undefined for what is not whole. */
export function spooledCommits(content: Buffer, at: number): Seen[] | undefined {
  const fields = fieldsOf(content);
  if (!fields) return undefined;
  const [head, gitDir, root] = ['head', 'gitdir', 'root'].map((name) => fields.get(name) ?? '');
  if (!head || !gitDir || !root) return [];
  const told = fields.get('told') ?? '';
  const previous = fields.get('previous') ?? '';
  const pairs = (fields.get('pairs') ?? '').split('\n').flatMap((line) => {
    const [before, after] = line.split(' ');
    return before && after ? [{ before, after }] : [];
  });
  const within = (fields.get('within') ?? '').split(' ').filter(Boolean).map(Number);
  const common = {
    root,
    gitDir,
    common: commonOf(gitDir),
    branch: fields.get('branch') || null,
    at,
    seen: 'hook' as const,
    within,
    session: fields.get('session') || undefined,
    isRebase: isRebase(told),
  };
  const rewritten = pairs.map(({ before, after }) => ({ ...common, sha: after, rewrites: [before] }));
  // Without a reflog nothing says whose commit it is that a merge has led to.
  const isOwn = told === '' ? fields.get('kind') !== 'merge' : isMadeHere(told);
  const rewrites = isInPlace(told) && /[1-9a-f]/.test(previous) ? [previous] : [];
  return isOwn ? [{ ...common, sha: head, rewrites }, ...rewritten] : rewritten;
}

function fieldsOf(content: Buffer): Map<string, string> | undefined {
  const fields = new Map<string, string>();
  let from = 0;
  for (let end = content.indexOf(0); end >= 0; end = content.indexOf(0, from)) {
    const space = content.indexOf(0x20, from);
    const word = content.toString('latin1', from, space);
    fields.set(word, textOfPath(content.subarray(space + 1, end)));
    from = end + 1;
  }
  return fields.has('end') ? fields : undefined;
}
