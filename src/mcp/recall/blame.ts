import * as z from 'zod';
import type { BlameLine } from '../../index.ts';
import { ClewError } from '../../model/index.ts';
import { oneLine, shortId } from '../lines.ts';
import { defineTool, maxTokens, offset } from '../tool.ts';

export const blame = defineTool({
  name: 'blame',
  title: 'Who wrote these lines',
  description:
    'Whose the lines of a file are: which agent wrote them, in which session, asked for what, or a human; with the commit. Lines that belong together are one entry. `why` says more of a single line.',
  records: false,
  input: {
    path: z.string().min(1).describe('Absolute, or relative to the project'),
    from: z.int().min(1).optional().describe('The first line; with `to` the last one'),
    to: z.int().min(1).optional(),
    max_tokens: maxTokens,
    offset,
  },
  run({ clew }, { path, from = 1, to, offset: passed }) {
    if (to !== undefined && to < from)
      throw new ClewError(
        'BAD_INPUT',
        `there are no lines from ${from} to ${to}`,
        'give the smaller one first',
      );
    const all = clew.blame(path, to === undefined ? {} : { lines: [from, to] });
    return {
      entries: together(all.filter((one) => one.line >= from)).map(blockLine),
      none: 'the file has no such lines',
      offset: passed,
    };
  },
});

/** Lines that follow each other, of the same commit, author and prompt. */
function together(lines: readonly BlameLine[]): BlameLine[][] {
  const blocks: BlameLine[][] = [];
  for (const line of lines) {
    const block = blocks.at(-1);
    if (block?.[0] && originOf(block[0]) === originOf(line)) block.push(line);
    else blocks.push([line]);
  }
  return blocks;
}

const originOf = ({ commit, authors, certain, prompt }: BlameLine): string =>
  JSON.stringify([
    commit,
    authors.map((one) => (one.by === 'agent' ? [one.session, one.agent] : one.by)),
    certain,
    prompt,
  ]);

function blockLine(block: readonly BlameLine[]): string {
  const [first] = block;
  const last = block.at(-1);
  if (!first || !last) return '';
  const who = first.authors.map((one) =>
    one.by === 'agent'
      ? `${one.agent ?? 'an agent'} in ${shortId(one.session ?? 'an unknown session')}`
      : one.by,
  );
  return [
    first === last ? `${first.line}` : `${first.line}–${last.line}`,
    `${who.join(' or ') || 'unknown'}${first.certain || who.length === 0 ? '' : ' (uncertain)'}`,
    first.commit === null ? 'not committed' : `commit ${first.commit.slice(0, 12)}`,
    ...(first.prompt === null ? [] : [`asked: ${oneLine(first.prompt, 160)}`]),
    oneLine(first.text, 100),
  ].join(' · ');
}
