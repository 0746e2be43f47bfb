// What was done: commits and pull requests, then each turn with the agent's last words in it.
import type { Draft, DraftLine } from '../fit.ts';
import { shownId } from '../story.ts';
import type { Story } from '../story.ts';
import { codeLine, counted, cutLine, firstLine, inline } from '../words.ts';

export function done(story: Story): Draft {
  return {
    title: 'What was done',
    lines: [...landed(story), ...turns(story), ...subagents(story)],
    more: `clew log ${story.short(story.detail.id)}`,
  };
}

function landed({ entries, short }: Story): DraftLine[] {
  return entries.flatMap((entry) => {
    if (entry.kind !== 'commit' && entry.kind !== 'pull_request') return [];
    const id = short(shownId(entry));
    const what = entry.kind === 'commit' ? 'Commit' : 'Pull request';
    return [{ text: `- ${what} ${inline(entry.text, 160)} (${codeLine(id, 60)})`, id, rank: 2 }];
  });
}

/** The last turn is told elsewhere in full. */
function turns(story: Story): DraftLine[] {
  const { instructions, main, short } = story;
  return instructions.slice(0, -1).flatMap((prompt, i) => {
    const from = main.indexOf(prompt);
    const to = main.indexOf(instructions[i + 1] ?? prompt);
    const turn = main.slice(from + 1, to);
    const answer = turn.findLast((entry) => entry.kind === 'answer');
    if (!answer) return [];
    const operations = counted(turn.filter((entry) => entry.operation).length, 'operation');
    const id = short(shownId(prompt));
    const asked = inline(cutLine(firstLine(prompt.text), 60), 60);
    const text = `- “${asked}”: ${inline(firstLine(answer.text), 160)} (${operations}, ${codeLine(id, 60)})`;
    return [{ text, id, rank: 5 + (instructions.length - i) / 1000 }];
  });
}

function subagents({ operations, short }: Story): DraftLine[] {
  return operations
    .filter(({ depth, operation }) => depth === 0 && operation.spawned !== null)
    .map(({ operation }) => ({
      text: `- Subagent ${inline(operation.target, 100)}: ${operation.status} (${codeLine(short(operation.id), 60)})`,
      id: short(operation.id),
      rank: 6,
    }));
}
