// What the user wants: what somebody said that the session is for, the first instruction, the last one in full, and those
// between as one line each.
import { must } from '../fit.ts';
import type { Draft, DraftLine } from '../fit.ts';
import { shownId } from '../story.ts';
import type { Story } from '../story.ts';
import { codeLine, inline, quote } from '../words.ts';
import type { TimelineEntry } from '../../query/index.ts';

/** The shares of the budget that the two quotations may take. */
const lastShare = 0.16;
const firstShare = 0.1;
/** Less of the last instruction is of no use. */
const least = 420;

export function goal(story: Story): Draft {
  const { instructions, chars, detail } = story;
  const first = instructions[0];
  const last = instructions.at(-1);
  const lines: DraftLine[] = [];
  if (detail.goal !== null) {
    const id = story.short(detail.id);
    const words = quote(detail.goal, Math.floor(chars * firstShare));
    lines.push({ text: `The session is for (${codeLine(id, 60)}):\n${words}`, id, rank: must.goal });
  }
  if (first && first !== last)
    lines.push(quotation(story, 'The session began with', first, must.goal, chars * firstShare));
  // The latest of those between are told first where not all find room.
  const between = instructions.slice(1, -1);
  for (const [i, entry] of between.entries()) {
    const id = story.short(shownId(entry));
    const text = `- ${inline(entry.text, 240)} (${codeLine(id, 60)})`;
    lines.push({ text, id, rank: 2 + (between.length - i) / 1000 });
  }
  if (last)
    lines.push(
      quotation(story, 'The last instruction', last, must.instruction, Math.max(least, chars * lastShare)),
    );
  return {
    title: "Goal, in the user's own words",
    lines,
    more: `clew log ${story.short(detail.id)} --kind prompt`,
  };
}

function quotation(story: Story, lead: string, entry: TimelineEntry, rank: number, limit: number): DraftLine {
  const id = story.short(shownId(entry));
  return { text: `${lead} (${codeLine(id, 60)}):\n${quote(entry.text, Math.floor(limit))}`, id, rank };
}
