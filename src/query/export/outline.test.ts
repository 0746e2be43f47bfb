import { describe, expect, test } from 'vitest';
import { detailOf, entryOf, operationOf, runOf, session, timelineOf } from './fixture.ts';
import { outlineOf } from './outline.ts';
import type { Item, OutlineTurn } from './outline.ts';

/** Texts in reading order, subagents in brackets. */
const read = (items: readonly Item[]): unknown[] =>
  items.flatMap((item) => [
    ...(item.entry ? [item.entry.text] : []),
    ...(item.run ? [read(item.run.items)] : []),
  ]);
const all = (turns: readonly OutlineTurn[]): unknown[] =>
  turns.map((turn) => [turn.prompt?.text ?? null, ...read(turn.items)]);

const agent = (id: string, spawned: string | null, place = {}) =>
  operationOf({ id, name: 'Agent', target: id, spawned }, place);

describe('the outline', () => {
  test('a turn begins with each prompt; subagents stand where they were started, not when they ran', () => {
    const turns = outlineOf(
      detailOf(),
      timelineOf(
        entryOf('note', 'before'),
        entryOf('prompt', 'one'),
        agent('x', 'a'),
        agent('y', 'b'),
        entryOf('answer', 'from b', { run: 'b', depth: 1 }),
        entryOf('answer', 'from a', { run: 'a', depth: 1 }),
        entryOf('command', '/two'),
        entryOf('answer', 'late from a', { run: 'a', depth: 1 }),
        entryOf('answer', 'done'),
      ),
    );
    expect(all(turns)).toEqual([
      [null, 'before'],
      ['one', 'x', ['from a', 'late from a'], 'y', ['from b']],
      ['/two', 'done'],
    ]);
    expect(turns.map((turn) => turn.number)).toEqual([0, 1, 2]);
  });

  test('the tree of runs tells which operation started a run, where the operation does not', () => {
    const detail = detailOf({
      runs: [runOf({ id: session, children: [runOf({ id: 'a', operation: 'x' })] })],
    });
    expect(
      all(
        outlineOf(
          detail,
          timelineOf(
            entryOf('prompt', 'one'),
            agent('x', null),
            entryOf('answer', 'from a', { run: 'a', depth: 1 }),
          ),
        ),
      ),
    ).toEqual([['one', 'x', ['from a']]]);
  });

  test('a run that nothing started, and runs that start each other, are shown once on their own', () => {
    const turns = outlineOf(
      detailOf(),
      timelineOf(
        entryOf('prompt', 'one'),
        entryOf('answer', 'lost', { run: 'l', depth: 1 }),
        agent('x', 'b', { run: 'a', depth: 1 }),
        agent('y', 'a', { run: 'b', depth: 2 }),
      ),
    );
    const texts = JSON.stringify(all(turns));
    for (const text of ['lost', '"x"', '"y"']) expect(texts.split(text)).toHaveLength(2);
  });

  test('a chain of 20,000 runs is shown, though not nested to the end', () => {
    const chain = Array.from({ length: 20_000 }, (_, i) =>
      agent(`op-${i}`, `r${i + 1}`, i === 0 ? {} : { run: `r${i}`, depth: i }),
    );
    const [turn] = outlineOf(detailOf(), timelineOf(entryOf('prompt', 'one'), ...chain));
    const count = (items: readonly Item[]): number =>
      items.reduce((n, item) => n + (item.entry ? 1 : 0) + (item.run ? count(item.run.items) : 0), 0);
    expect(count(turn?.items ?? [])).toBe(20_000);
  });

  test('the loading of a skill is told once', () => {
    const turns = outlineOf(
      detailOf(),
      timelineOf(
        entryOf('prompt', 'one'),
        operationOf({ id: 's', name: 'Skill', target: 'style' }),
        entryOf('skill', 'style', { key: 's|skill' }),
      ),
    );
    expect(all(turns)).toEqual([['one', 'style']]);
  });
});
