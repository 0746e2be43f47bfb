// The last error, what was tried after it, and the tests that fail.
import { failedTests } from '../commands.ts';
import { must } from '../fit.ts';
import type { Draft, DraftLine } from '../fit.ts';
import type { OperationEntry, Story } from '../story.ts';
import type { Trouble } from '../trouble.ts';
import { codeLine, inline, quote } from '../words.ts';

/** The share of the budget that the error's text may take. */
const share = 0.1;
/** Less of it is of no use. */
const least = 480;
const mostNames = 10;

export function errorSection(story: Story, trouble: Trouble | undefined): Draft {
  const id = story.short(story.detail.id);
  const draft = { title: 'Last error', more: `clew log ${id} --kind error` };
  if (!trouble) return { ...draft, lines: [] };
  const { entry, tried, mendedBy } = trouble;
  const { operation } = entry;
  const error = `${nameOf(story, entry)} ${operation.status}:\n${quote(operation.error ?? '', Math.floor(Math.max(least, story.chars * share)))}`;
  return {
    ...draft,
    lines: [
      { text: error, id: story.short(operation.id), rank: must.error },
      ...(mendedBy ? [done(story, 'Later it worked:', mendedBy, 1)] : []),
      ...tried
        .filter((one) => one !== mendedBy)
        .map((one) => done(story, `Then ${one.operation.status}:`, one, 2)),
    ],
  };
}

const done = (story: Story, lead: string, entry: OperationEntry, rank: number): DraftLine => ({
  text: `- ${lead} ${nameOf(story, entry)}`,
  id: story.short(entry.operation.id),
  rank,
});

/** An operation on one line. */
export function nameOf({ short }: Story, { operation }: OperationEntry): string {
  const { name, type, target, id } = operation;
  const what = type === 'execute' ? '' : `${inline(name, 60)} `;
  return `${what}${codeLine(target, 160)} (${codeLine(short(id), 60)})`;
}

export function testSection(story: Story, failing: readonly OperationEntry[]): Draft {
  return {
    title: 'Failing tests',
    more: `clew log ${story.short(story.detail.id)} --kind error`,
    lines: failing.flatMap((entry) => {
      const names = failedTests(entry.operation.error ?? '');
      const id = story.short(entry.operation.id);
      return [
        { text: `- ${nameOf(story, entry)}`, id, rank: 1 },
        ...names.slice(0, mostNames).map((name) => ({ text: `  - ${inline(name, 160)}`, id, rank: 2 })),
      ];
    }),
  };
}
