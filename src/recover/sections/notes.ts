// Notes: what people and agents wrote down on purpose, for whoever goes on.
import type { Draft } from '../fit.ts';
import { shownId } from '../story.ts';
import type { Story } from '../story.ts';
import { codeLine, inline } from '../words.ts';

const longest = 400;

export function notes({ entries, short, detail }: Story): Draft {
  const all = entries.filter((entry) => (entry.detail as { record?: string } | null)?.record === 'note');
  return {
    title: 'Notes',
    // Of many the latest are kept.
    lines: all.map((entry, i) => {
      const id = short(shownId(entry));
      return {
        text: `- ${inline(entry.text, longest)} (${codeLine(id, 60)})`,
        id,
        rank: 1 + (all.length - i) / 1000,
      };
    }),
    more: `clew log ${short(detail.id)} --kind note`,
  };
}
