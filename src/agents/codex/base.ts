// Threads that were forked without their history: the beginning of such a one stands in the rollout of another. Here it is
// put before the rest, so that a cut needs nobody else's rollout. Evidence: SOURCES.md under "Copies" and "Branching".
import { ClewError } from '../../model/index.ts';
import { number, object, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';

export interface Base {
  readonly thread: string;
  /** The number of the first record that is not part of it. */
  readonly end: number;
}

/** What a thread's first record says of that; undefined for threads that have all of their history. */
export function baseIn(meta: Json | undefined): Base | undefined {
  const base = object(meta?.['history_base']);
  const thread = text(base?.['thread_id']);
  return thread === undefined ? undefined : { thread, end: number(base?.['end_ordinal_exclusive']) ?? 0 };
}

/** More forks of forks than anybody makes: what names itself as its base must end somewhere. */
const maxDepth = 32;

/**
 * The content with its beginning, and by how much what follows the first record has moved. Throws UNREADABLE where the
 * beginning is not known.
 */
export function withBase(
  content: Buffer,
  contentOf: (thread: string) => Buffer | undefined,
  depth = 0,
): { readonly content: Buffer; readonly moved: number } {
  const end = content.indexOf(0x0a) + 1;
  const first = parse(content.subarray(0, end).toString());
  const meta = object(first?.['payload']);
  const base = baseIn(meta);
  if (!first || !meta || !base) return { content, moved: 0 };
  const told = depth < maxDepth ? contentOf(base.thread) : undefined;
  if (!told)
    throw new ClewError(
      'UNREADABLE',
      `its beginning is in the thread ${base.thread}, which clew does not have`,
      'import that one, or hand the session over instead',
    );
  const { history_base: _base, forked_from_ordinal_exclusive: _end, ...rest } = meta;
  const own = text(meta['id']);
  const inherited = withBase(told, contentOf, depth + 1)
    .content.toString()
    .split('\n')
    .filter(Boolean)
    .slice(1);
  const until = inherited.findIndex((line) => (number(parse(line)?.['ordinal']) ?? 0) >= base.end);
  const head = [
    JSON.stringify({ ...first, payload: rest }),
    ...inherited.slice(0, until < 0 ? undefined : until).map((line) => renamed(line, base.thread, own)),
  ];
  const before = Buffer.from(`${head.join('\n')}\n`);
  return { content: Buffer.concat([before, content.subarray(end)]), moved: before.length - end };
}

/** As if the fork had said it. */
function renamed(line: string, from: string, to: string | undefined): string {
  const value = parse(line);
  const payload = object(value?.['payload']);
  if (!value || !payload) return line;
  const names = ['thread_id', 'session_id'].filter((name) => payload[name] === from);
  return JSON.stringify({
    ...value,
    payload: { ...payload, ...Object.fromEntries(names.map((name) => [name, to])) },
  });
}

function parse(line: string): Json | undefined {
  try {
    return object(JSON.parse(line));
  } catch {
    return undefined;
  }
}
