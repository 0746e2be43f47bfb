// A commit's attribution in the format of git-ai's notes, the authorship log 3.0.0: below each path the keys of authors with
// their lines, then `---`, then what the keys mean. A line without a key is one of which nothing is known.
import { createHash } from 'node:crypto';
import type { AttributionData, LineAuthor, LineRange } from '../lines/record.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const keyLength = 14;
const sessionKey = (tool: string, id: string): string => `s_${sha256(`${tool}:${id}`).slice(0, keyLength)}`;
const humanKey = (author: string): string => `h_${sha256(author).slice(0, keyLength)}`;

/** What git-ai calls the agents. */
const tools: Readonly<Record<string, string>> = {
  'claude-code': 'claude',
  'gemini-cli': 'gemini',
  'copilot-cli': 'copilot',
};

/** `human`: the name and address of who committed. Undefined where nothing is to be said. */
export function noteText(sha: string, data: AttributionData, human: string): string | undefined {
  const sessions: Record<string, object> = {};
  const humans: Record<string, object> = {};
  function keyOf(author: LineAuthor): string | undefined {
    if (author.by === 'human') {
      humans[humanKey(human)] = { author: human };
      return humanKey(human);
    }
    if (author.session === null || author.agent === null) return undefined;
    const tool = tools[author.agent] ?? author.agent;
    const key = sessionKey(tool, author.session);
    const agent = { tool, id: author.session, model: author.model ?? 'unknown' };
    sessions[key] ??= { agent_id: agent, human_author: human };
    return `${key}::t_${sha256(author.operation ?? author.session).slice(0, keyLength)}`;
  }
  const parts: string[] = [];
  for (const { path, lines } of data.files) {
    // The format knows no quoting but for spaces.
    if (/["\\]/.test(path)) continue;
    const keys = new Map<string, LineRange[]>();
    for (const range of lines) {
      const author = typeof range[2] === 'number' ? data.authors[range[2]] : undefined;
      const key = author && keyOf(author);
      if (key === undefined) continue;
      const there = keys.get(key);
      if (there) there.push(range);
      else keys.set(key, [range]);
    }
    if (keys.size === 0) continue;
    parts.push(/[ \t\n]/.test(path) ? `"${path}"` : path);
    for (const [key, ranges] of keys) parts.push(`  ${key} ${rangesText(ranges)}`);
  }
  if (parts.length === 0) return undefined;
  const head = { schema_version: 'authorship/3.0.0', base_commit_sha: sha, prompts: {} };
  const told = {
    ...head,
    ...(Object.keys(humans).length > 0 && { humans }),
    ...(Object.keys(sessions).length > 0 && { sessions }),
  };
  return `${parts.join('\n')}\n---\n${JSON.stringify(told, undefined, 2)}\n`;
}

/** Neighbours are joined. */
function rangesText(ranges: readonly LineRange[]): string {
  const joined: [number, number][] = [];
  for (const [first, last] of ranges) {
    const before = joined.at(-1);
    if (before && before[1] + 1 === first) before[1] = last;
    else joined.push([first, last]);
  }
  return joined.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
}

interface NoteMeta {
  readonly sessions?: Readonly<Record<string, NoteAgent>>;
  readonly prompts?: Readonly<Record<string, NoteAgent>>;
  readonly humans?: Readonly<Record<string, unknown>>;
}
interface NoteAgent {
  readonly agent_id?: { readonly tool?: string; readonly id?: string; readonly model?: string };
}

/** Undefined for what is no such note. Of a line that several keys name, the last one holds. */
export function readNote(text: string): AttributionData | undefined {
  const [, told = '', json = ''] = /^([\s\S]*?)(?:^|\n)---\n([\s\S]*)$/.exec(text) ?? [];
  const meta = parsed(json);
  if (!meta) return undefined;
  const authors: LineAuthor[] = [];
  const numbers = new Map<string, number>();
  function numberOf(key: string): number | undefined {
    const [name = ''] = key.split('::');
    const known = numbers.get(name);
    if (known !== undefined) return known;
    const agent = (meta?.sessions?.[name] ?? meta?.prompts?.[name])?.agent_id;
    if (!agent && !meta?.humans?.[name]) return undefined;
    const own =
      Object.entries(tools).find(([, theirs]) => theirs === agent?.tool)?.[0] ?? agent?.tool ?? null;
    numbers.set(name, authors.length);
    return (
      authors.push(
        agent
          ? {
              by: 'agent',
              operation: null,
              session: agent.id ?? null,
              run: null,
              agent: own,
              model: agent.model ?? null,
            }
          : { by: 'human' },
      ) - 1
    );
  }
  const files = new Map<string, Map<number, number>>();
  let lines = new Map<number, number>();
  for (const row of told.split('\n')) {
    if (row.trim() === '') continue;
    if (!row.startsWith('  ')) {
      const path = row.replace(/^"(.*)"$/, '$1');
      lines = files.get(path) ?? new Map<number, number>();
      files.set(path, lines);
      continue;
    }
    const [key = '', ranges = ''] = row.trim().split(' ');
    const author = numberOf(key);
    if (author === undefined) continue;
    for (const range of ranges.split(',')) {
      const [first = 0, last = first] = range.split('-').map(Number);
      for (let line = first; line <= last && line - first < mostLines; line++) lines.set(line, author);
    }
  }
  return {
    version: 0,
    settled: true,
    authors,
    files: [...files].map(([path, of]) => ({
      path,
      lines: [...of].sort((a, b) => a[0] - b[0]).map(([line, author]) => [line, line, author] as const),
    })),
  };
}

const mostLines = 1_000_000;

function parsed(json: string): NoteMeta | undefined {
  try {
    const value = JSON.parse(json) as NoteMeta & { schema_version?: string };
    return value.schema_version?.startsWith('authorship/') ? value : undefined;
  } catch {
    return undefined;
  }
}
