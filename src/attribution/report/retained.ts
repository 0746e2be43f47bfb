// Of the lines that commits added, how many are still there: each line of HEAD is followed back to the commit that brought it, in
// the same way in which authors are followed, without a process for each file.
import { git } from '../../workspace/index.ts';
import { readBlobs } from '../lines/blobs.ts';
import { readGraph } from '../lines/graph.ts';
import { align } from '../lines/align.ts';
import { createTexts } from '../lines/text.ts';
import type { Text } from '../lines/text.ts';
import type { AttributionData } from '../lines/record.ts';
import { shareOf } from './totals.ts';
import type { Share } from './totals.ts';

export interface Kept {
  readonly added: number;
  readonly kept: number;
}
export type Retained = { readonly days: number } & Readonly<Record<Share, Kept>>;

/** A line of a content: the commit that brought it, and where; null for what is older. */
type Origin = { readonly sha: string; readonly path: string; readonly line: number } | null;

export function retainedOf(root: string, all: ReadonlyMap<string, AttributionData>, days: number): Retained {
  const counts = { ai: none(), human: none(), mixed: none(), unknown: none() };
  const kinds = new Map<string, Share>();
  for (const [sha, data] of all)
    for (const { path, lines } of data.files)
      for (const range of lines) {
        const share = shareOf(data, range);
        counts[share].added += range[1] - range[0] + 1;
        for (let line = range[0]; line <= range[1]; line++) kinds.set(`${sha} ${line} ${path}`, share);
      }
  for (const origin of originsAtHead(root, new Set(all.keys()))) {
    const share = origin && kinds.get(`${origin.sha} ${origin.line} ${origin.path}`);
    if (share) counts[share].kept++;
  }
  return { days, ...counts };
}

const none = () => ({ added: 0, kept: 0 });

/** Of all lines of the files of HEAD that these commits changed. */
function* originsAtHead(root: string, shas: ReadonlySet<string>): Generator<Origin> {
  if (shas.size === 0) return;
  const head = git(['-C', root, 'rev-list', 'HEAD']).toString().split('\n').filter(Boolean);
  const { commits } = readGraph(root, [...shas], 0);
  const reached = new Set(head);
  const line = [...commits.values()].filter((one) => reached.has(one.sha));
  const since = line.findIndex((one) => shas.has(one.sha));
  const files = line
    .slice(Math.max(0, since))
    .flatMap((one) => one.files.map((file) => ({ ...file, sha: one.sha })));
  const blobs = readBlobs(
    ['-C', root],
    [...new Set(files.flatMap((file) => [...file.before, file.after]))].filter((oid) => oid !== null),
  );
  const texts = createTexts();
  const known = new Map<string, Text | undefined>();
  const textOf = (oid: string | null | undefined): Text | undefined => {
    if (oid === null || oid === undefined) return undefined;
    if (!known.has(oid)) known.set(oid, texts.of(blobs.get(oid) ?? Buffer.alloc(0)));
    return known.get(oid);
  };
  const origins = new Map<string, Origin[]>();
  const current = new Map<string, Origin[]>();
  for (const { sha, path, from, before, after } of files) {
    if (from !== path || after === null) current.delete(from);
    const text = textOf(after);
    if (!text || after === null) continue;
    const base = textOf(before[0]);
    const old = origins.get(before[0] ?? '') ?? [];
    const place = base && align(base, text, texts.weight).from;
    const now = Array.from(text.ids, (_, j): Origin => {
      const i = place?.[j] ?? -1;
      const isKept = i >= 0 && base?.exact[i] === text.exact[j];
      return isKept ? (old[i] ?? null) : { sha, path, line: j + 1 };
    });
    origins.set(after, now);
    current.set(path, now);
  }
  for (const lines of current.values()) yield* lines;
}
