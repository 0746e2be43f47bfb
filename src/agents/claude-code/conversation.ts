// A conversation cut at a moment, to go on as a new session: which records of a transcript lead to that moment, and where
// Claude Code looks for the file that holds them. What is kept, and why, is in SOURCES.md under "Branching".
import { realpathSync } from 'node:fs';
import path from 'node:path';
import { ClewError } from '../../model/index.ts';
import type { AgentConversations, Context, ConversationCut, CutPoint } from '../../model/index.ts';
import { parse, readLinks } from './links.ts';
import type { Link } from './links.ts';
import { text } from '../shared/shapes.ts';

export const conversation: AgentConversations = { cut, place, command };

function cut(content: Buffer, point: CutPoint, session: string): ConversationCut {
  const all = readLinks(content);
  const until = all.links.slice(0, endOf(all.links, point));
  const leaf = until.findLast((link) => link.isKept && link.type !== 'attachment');
  if (!leaf)
    throw new ClewError(
      'BAD_INPUT',
      'nothing had been said and answered at that moment',
      'choose a later one, or start the agent anew',
    );
  const before = parentsIn(until, all.unread);
  const chain = new Set<Link>();
  for (let link: Link | undefined = leaf; link && !chain.has(link); link = before(link)) chain.add(link);
  const kept = withSides(chain, until);
  const lines = kept.map((link) => rewritten(link, session, before(link)));
  return {
    content: Buffer.from(lines.join('')),
    records: kept.length,
    last: { pos: leaf.pos, at: leaf.at },
  };
}

/** How many of the links were there at the point. */
function endOf(links: readonly Link[], point: CutPoint): number {
  if ('before' in point) return countUntil(links, (link) => link.pos >= point.before);
  if ('after' in point) {
    const exact = countUntil(links, (link) => link.pos > point.after);
    const whole = moments(links).find((moment) => moment.end >= exact);
    return whole && isTold(links, exact, whole.end) ? whole.end : exact;
  }
  const until = countUntil(links, (link) => link.at > point.at);
  return moments(links).findLast((moment) => moment.end <= until && !moment.isAsked)?.end ?? 0;
}

function countUntil(links: readonly Link[], isBehind: (link: Link) => boolean): number {
  const index = links.findIndex(isBehind);
  return index < 0 ? links.length : index;
}

/** Whether nothing from here to there but the same response and its calls: another, or a prompt, is not waited for. */
function isTold(links: readonly Link[], from: number, to: number): boolean {
  const message = links.slice(0, from).findLast((link) => link.message !== undefined)?.message;
  return links
    .slice(from, to)
    .filter((link) => link.isKept)
    .every((link) => link.role !== 'prompt' && (link.message ?? message) === message);
}

interface Moment {
  /** How many links there were. */
  readonly end: number;
  /** A prompt waits for its answer. */
  readonly isAsked: boolean;
}

/** The moments at which no response was half told, and no call without its result. */
function moments(links: readonly Link[]): Moment[] {
  const lastOf = new Map(links.flatMap((link, i) => (link.message ? [[link.message, i] as const] : [])));
  const found: Moment[] = [];
  const open = new Set<string>();
  let message: string | undefined;
  let isAsked = false;
  for (const [i, link] of links.entries()) {
    if (!link.isKept || link.type === 'attachment') continue;
    if (link.role === 'prompt') isAsked = true;
    else if (link.role === 'settled') isAsked = false;
    // Calls that the conversation went on without, after a crash for instance, are not waited for.
    if (link.type === 'user' && link.role !== 'other') open.clear();
    if (link.message !== undefined && link.message !== message) open.clear();
    message = link.message ?? message;
    for (const id of link.calls) open.add(id);
    for (const id of link.results) open.delete(id);
    if (open.size === 0 && (message === undefined || (lastOf.get(message) ?? 0) <= i))
      found.push({ end: i + 1, isAsked });
  }
  return found;
}

/** Finds the kept link before a link, past those that are not kept. */
function parentsIn(links: readonly Link[], unread: readonly number[]): (link: Link) => Link | undefined {
  const byUuid = new Map(links.map((link) => [link.uuid, link]));

  function parentOf(link: Link): Link | undefined {
    const parent = link.parent === undefined ? undefined : byUuid.get(link.parent);
    if (parent || link.parent === undefined) return parent;
    if (!link.endsChain && unread.some((pos) => pos < link.pos))
      throw new ClewError(
        'UNREADABLE',
        `record ${link.uuid} follows ${link.parent}, which is on a line that cannot be read`,
        'hand the session over instead: what it was about is known',
      );
    // A record that was never written, as 2.1.329 names before compactions, or one of another file: clients go on with
    // the one before.
    return links.findLast((one) => one.isKept && one.pos < link.pos);
  }

  return (link) => {
    const passed = new Set([link]);
    let parent = parentOf(link);
    while (parent && !parent.isKept && !passed.has(parent)) {
      passed.add(parent);
      parent = parentOf(parent);
    }
    return parent?.isKept ? parent : undefined;
  };
}

/**
 * The chain with what hangs beside it. Of calls made side by side, the results but for the last, and since 2.1.329 even
 * calls, are side branches; the model was given all of them.
 */
function withSides(chain: ReadonlySet<Link>, links: readonly Link[]): Link[] {
  const messages = new Set([...chain].flatMap((link) => link.message ?? []));
  const answered = new Set([...chain].flatMap((link) => link.results));
  const calls = new Set<string>();
  const sides = new Set<string>();
  return links.filter((link) => {
    const isOn = chain.has(link);
    const isSide =
      link.isKept &&
      ((link.message !== undefined && messages.has(link.message)) ||
        link.results.some((id) => calls.has(id) && !answered.has(id)) ||
        // What hooks had to say of such a result hangs on it.
        (link.type === 'attachment' && link.parent !== undefined && sides.has(link.parent)));
    if (!isOn && !isSide) return false;
    if (!isOn) sides.add(link.uuid);
    for (const id of link.calls) calls.add(id);
    return true;
  });
}

/**
 * A record as the new session's. Ids stay, as by them copies are known; `requestSessionId` names the session that made
 * the request, as the client's own forks do since 2.1.329.
 */
function rewritten(link: Link, session: string, parent: Link | undefined): string {
  const value = parse(link.line) ?? {};
  const origin = text(value['requestSessionId']) ?? text(value['sessionId']);
  const record = {
    ...value,
    parentUuid: link.endsChain ? null : (parent?.uuid ?? null),
    sessionId: session,
    ...(link.type === 'assistant' && origin !== undefined && { requestSessionId: origin }),
  };
  return `${JSON.stringify(record)}\n`;
}

/** Folder names of at most this many characters are the path itself; longer ones get a hash that depends on the version. */
const maxSlug = 200;

function place(context: Context, folder: string, session: string): string {
  const real = realpathSync(path.resolve(context.cwd, folder));
  const slug = real.replaceAll(/[^A-Za-z0-9]/g, '-');
  if (slug.length > maxSlug)
    throw new ClewError(
      'BAD_INPUT',
      `${real} is too long a path for Claude Code to find a session by`,
      `choose a folder with a path of at most ${maxSlug} characters`,
    );
  const [named] = (context.env['CLAUDE_CONFIG_DIR'] ?? '').split(',');
  const config = named?.trim() ? path.resolve(context.cwd, named.trim()) : path.join(context.home, '.claude');
  return path.join(config, 'projects', slug, `${session}.jsonl`);
}

function command(_folder: string, session: string): readonly string[] {
  return ['claude', '--resume', session];
}
