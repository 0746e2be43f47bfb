// Issues in a file that people write: `ISSUES.md`. Its format is described in docs/issues.md.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { foldersAbove } from '../above.ts';
import { byId, capableOfAllBut, stateOf } from '../tracker.ts';
import type { Issue, Tracker, TrackerKind } from '../tracker.ts';
import { instant, priorityOf } from './values.ts';

/** `#12`, `ABC-12`, `bd-a3f2.1`, with `:` or a dash behind it or nothing. */
const idAndTitle = /^(#\d+|[A-Za-z][\w.-]*-[A-Za-z0-9]{1,8}(?:\.\d+)*)(?::|\s+[–—-](?=\s))?\s+(.+)$/;
const heading = /^(#{1,6})\s+(?:\[([ xX~!-])\]\s+)?(.*?)\s*#*$/;
const item = /^[-*+]\s+\[([ xX~!-])\]\s+(.*)$/;
const field = /^(?:[-*+]\s+)?\**([A-Za-z][A-Za-z ]*?)\**\s*:\**\s+(.+)$/;

const boxes: Readonly<Record<string, string>> = {
  ' ': 'open',
  x: 'closed',
  X: 'closed',
  '~': 'in_progress',
  '!': 'blocked',
  '-': 'deleted',
};

interface Draft {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly fields: Map<string, string>;
  readonly text: string[];
}

export const markdown: TrackerKind = {
  name: 'ISSUES.md',
  find(folder) {
    const file = foldersAbove(folder)
      .map((at) => path.join(at, 'ISSUES.md'))
      .find((one) => existsSync(one));
    return file === undefined ? undefined : markdownTracker(file);
  },
};

export function markdownTracker(file: string): Tracker {
  const read = (): Issue[] => issuesIn(readFileSync(file, 'utf8'));
  return {
    name: 'ISSUES.md',
    place: file,
    project: path.dirname(file),
    capabilities: capableOfAllBut('closeReason', 'closedBySession', 'comments'),
    list: async () => read(),
    get: async (id) => read().find((one) => one.id === id),
    warnings: async () => [],
  };
}

function issuesIn(text: string): Issue[] {
  const drafts: Draft[] = [];
  /** The one whose lines are being read, and the level of its heading; an item has none. */
  let [open, level]: [Draft | undefined, number] = [undefined, 0];
  let inFence = false;
  for (const line of text.split('\n')) {
    if (/^\s*(?:```|~~~)/.test(line)) inFence = !inFence;
    const [, marks = '', headBox, headText = ''] = (!inFence && heading.exec(line)) || [];
    const [, itemBox, itemText = ''] = (!inFence && item.exec(line)) || [];
    const draft = draftOf(headText, headBox) ?? draftOf(itemText, itemBox);
    if (draft) {
      drafts.push(draft);
      [open, level] = [draft, marks.length];
    } else if (marks !== '' && (level === 0 || marks.length <= level)) open = undefined;
    else if (open && level === 0 && /^\S/.test(line)) open = undefined;
    else if (open) takeLine(open, line);
  }
  const first = new Map(drafts.toReversed().map((one) => [one.id, one]));
  return [...first.values()].map(issueOf).sort(byId);
}

function draftOf(text: string, box: string | undefined): Draft | undefined {
  const [, id, title = ''] = idAndTitle.exec(text) ?? [];
  if (id === undefined) return undefined;
  const status = boxes[box ?? ' '] ?? 'open';
  return { id, title: title.trim(), status, fields: new Map(), text: [] };
}

/** Fields stand directly below the title; the first other line begins the description. */
function takeLine({ fields, text }: Draft, line: string): void {
  const [, name = '', value = ''] = field.exec(line.trim()) ?? [];
  if (text.length === 0 && name !== '') fields.set(name.toLowerCase(), value.trim());
  else if (text.length > 0 || line.trim() !== '') text.push(line.trim());
}

function issueOf({ id, title, status, fields, text }: Draft): Issue {
  const get = (...names: string[]): string | null =>
    names.map((name) => fields.get(name)).find((value) => value !== undefined) ?? null;
  const words = (value: string | null): string[] => value?.split(/\s*,\s*/).filter(Boolean) ?? [];
  const said = get('status') ?? status;
  const closedAt = instant(get('closed'));
  return {
    id,
    title,
    description: text.join('\n').trim() || null,
    status: said,
    state: stateOf(said, closedAt),
    priority: priorityOf(get('priority')),
    type: get('type'),
    assignee: get('assignee'),
    labels: words(get('labels')),
    createdAt: instant(get('created')),
    updatedAt: instant(get('updated')),
    closedAt,
    closeReason: null,
    closedBySession: null,
    dependencies: words(get('depends on', 'blocked by')).map((one) => ({ id: one, type: 'blocks' })),
    comments: null,
    externalRef: get('ref', 'link'),
  };
}
