// Decisions: what the user was asked and chose, and the plans that were put before them.
import type { Draft, DraftLine } from '../fit.ts';
import { shownId } from '../story.ts';
import type { Story } from '../story.ts';
import { codeLine, firstLine, inline } from '../words.ts';

interface Detail {
  readonly asked?: readonly {
    readonly question: string;
    readonly options: readonly string[];
    readonly selected: string | null;
  }[];
  readonly selected?: string;
  readonly reason?: string;
}

export function decisions(story: Story): Draft {
  const { entries, short, detail } = story;
  let plan = '';
  const lines = entries.flatMap((entry): DraftLine[] => {
    if (entry.kind === 'plan') plan = firstLine(entry.text).replace(/^#+\s*/, '');
    if (entry.kind !== 'decision') return [];
    const { asked, selected, reason } = (entry.detail ?? {}) as Detail;
    const id = short(shownId(entry));
    const why = reason ? `; why: ${inline(reason, 240)}` : '';
    const line = (text: string): DraftLine => ({
      text: `- ${text}${why} (${codeLine(id, 60)})`,
      id,
      rank: 1,
    });
    if (!asked)
      return [line(`Plan ${plan && `“${inline(plan, 120)}” `}${inline(selected ?? entry.text, 60)}`)];
    return asked.map(({ question, options, selected: taken }) => {
      const others = options.filter((option) => option !== taken).map((option) => inline(option, 60));
      const not = others.length > 0 ? `, not ${others.join(' or ')}` : '';
      return line(`${inline(question, 200)} → ${taken === null ? 'no answer' : inline(taken, 200)}${not}`);
    });
  });
  return { title: 'Decisions', lines, more: `clew log ${short(detail.id)} --kind decision` };
}
