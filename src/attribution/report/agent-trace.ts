// A commit's attribution as a record of the Agent Trace specification, 0.1.0. Written so that its stricter readers take it, too:
// no field but the described ones outside of `metadata`, both of the tool's fields, times that end in Z.
import { createHash } from 'node:crypto';
import type { AttributionData, LineRange } from '../lines/record.ts';
import { agentOf, shareOf } from './totals.ts';

export interface TraceRange {
  readonly start_line: number;
  readonly end_line: number;
  readonly content_hash?: string;
}
export interface TraceConversation {
  readonly url?: string;
  readonly contributor: { readonly type: 'human' | 'ai' | 'mixed' | 'unknown'; readonly model_id?: string };
  readonly ranges: readonly TraceRange[];
}
export interface TraceRecord {
  readonly version: '0.1.0';
  readonly id: string;
  readonly timestamp: string;
  readonly vcs: { readonly type: 'git'; readonly revision: string };
  readonly tool: { readonly name: 'clew'; readonly version: string };
  readonly files: readonly { readonly path: string; readonly conversations: readonly TraceConversation[] }[];
}

export interface Traced {
  readonly sha: string;
  /** When it was committed, milliseconds. */
  readonly at: number;
  readonly data: AttributionData;
  /** The lines of a file as it was committed; undefined where they are not at hand. */
  readonly linesOf: (path: string) => readonly string[] | undefined;
}

export function traceRecord({ sha, at, data, linesOf }: Traced, version: string): TraceRecord {
  return {
    version: '0.1.0',
    id: idOf(sha, data),
    timestamp: new Date(at).toISOString(),
    vcs: { type: 'git', revision: sha },
    tool: { name: 'clew', version },
    files: data.files.map(({ path, lines }) => {
      const content = linesOf(path);
      const conversations = new Map<string, TraceConversation & { ranges: TraceRange[] }>();
      for (const range of lines) {
        const [start, end] = range;
        const head = conversationOf(data, range);
        const key = JSON.stringify(head);
        const there = conversations.get(key) ?? { ...head, ranges: [] };
        conversations.set(key, there);
        there.ranges.push({
          start_line: start,
          end_line: end,
          ...(content && { content_hash: `sha256:${hashOf(content.slice(start - 1, end))}` }),
        });
      }
      return { path, conversations: [...conversations.values()] };
    }),
  };
}

function conversationOf(data: AttributionData, range: LineRange): Omit<TraceConversation, 'ranges'> {
  const [first, last, , , reworded] = range;
  // A line that a person reworded came out of the conversation before.
  const source: LineRange = reworded === undefined || agentOf(data, range) ? range : [first, last, reworded];
  const agent = agentOf(data, source);
  const [, , who] = source;
  const sessions = new Set(
    (typeof who === 'number' ? [who] : who).map((n) => {
      const author = data.authors[n];
      return author?.by === 'agent' ? author.session : null;
    }),
  );
  const [session] = sessions;
  return {
    ...(agent && session && sessions.size === 1 && { url: `clew:session/${encodeURIComponent(session)}` }),
    contributor: { type: shareOf(data, range), ...(agent?.model && { model_id: modelId(agent.model) }) },
  };
}

const makers = [
  [/^claude-/, 'anthropic'],
  [/^(?:gpt-|o\d|codex)/, 'openai'],
  [/^gemini-/, 'google'],
] as const;
const longestModelId = 250;

/** As models.dev writes them, with the maker before; one that is not known stays bare. */
function modelId(model: string): string {
  const maker = model.includes('/') ? undefined : makers.find(([pattern]) => pattern.test(model))?.[1];
  return (maker === undefined ? model : `${maker}/${model}`).slice(0, longestModelId);
}

const hashOf = (lines: readonly string[]): string =>
  createHash('sha256').update(lines.join('\n')).digest('hex');

/** A UUID that is the same whenever the same is said of a commit. */
function idOf(sha: string, data: AttributionData): string {
  const hex = createHash('sha256')
    .update(`${sha} ${JSON.stringify(data)}`)
    .digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-');
}
