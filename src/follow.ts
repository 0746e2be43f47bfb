// Follows timelines live: tells every entry once, and operations again when they end.
import type { TimelineEntry } from './query/index.ts';

/** What has been told so far. */
export interface Told {
  /** The entries among these that are new, or whose operation has changed. */
  news(entries: readonly TimelineEntry[]): TimelineEntry[];
  /** Entries before this time have been told and will not change; milliseconds. */
  readonly since: number;
}

/** Records may come a little out of order: this much is looked at again. */
const overlapMs = 60_000;

export function createTold(): Told {
  const states = new Map<string, string>();
  let since = 0;
  return {
    get since() {
      return since;
    },
    news(entries) {
      const fresh = entries.filter((entry) => {
        const state = stateOf(entry);
        if (states.get(entry.key) === state) return false;
        states.set(entry.key, state);
        return true;
      });
      const times = entries.map((entry) => (entry.at ? Date.parse(entry.at) : 0));
      const open = entries.flatMap((entry) =>
        entry.operation?.status === 'pending' && entry.at ? [Date.parse(entry.at)] : [],
      );
      since = Math.max(0, Math.min(Math.max(since, ...times) - overlapMs, ...open));
      return fresh;
    },
  };
}

const stateOf = ({ operation, text }: TimelineEntry): string =>
  operation
    ? `${operation.status} ${operation.changes.length} ${operation.durationMs ?? ''}`
    : String(text.length);
