// Commands that worked, so that nobody has to find them again: tests, builds and commits before the rest, looks left out.
import { sameCommand, useOf } from '../commands.ts';
import type { Draft } from '../fit.ts';
import type { Story } from '../story.ts';
import { codeLine } from '../words.ts';

const most = 8;
const rankOf = { test: 3, check: 4, other: 7, look: 9 } as const;

export function workedCommands({ operations, short, detail }: Story): Draft {
  const seen = new Set<string>();
  const worked = operations
    .toReversed()
    .filter(({ operation }) => operation.type === 'execute' && operation.name !== '')
    .flatMap(({ operation }) => {
      const { status, target, id } = operation;
      const key = sameCommand(target);
      const use = useOf(target);
      // The last run decides: a command that worked once and fails now is no help.
      if (seen.has(key)) return [];
      seen.add(key);
      return status === 'success' && use !== 'look' && target.trim() !== '' ? [{ use, target, id }] : [];
    })
    .toSorted((a, b) => rankOf[a.use] - rankOf[b.use])
    .slice(0, most);
  return {
    title: 'Commands that worked',
    lines: worked.map(({ use, target, id }) => ({
      text: `- ${codeLine(target, 160)} (${codeLine(short(id), 60)})`,
      id: short(id),
      rank: rankOf[use],
    })),
    more: `clew log ${short(detail.id)} --kind operation`,
  };
}
