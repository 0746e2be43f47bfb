import { expect, test } from 'vitest';
import { figureRequest } from './figures.ts';
import type { FigureTopic } from './figures.ts';

const nothing = { since: undefined, agent: undefined };
const refusal = (topic: FigureTopic, name: string | undefined, filter: object): string => {
  try {
    figureRequest(topic, name, { ...nothing, ...filter });
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
};

test('figures are narrowed down by what makes sense of them', () => {
  expect(figureRequest('durations', undefined, { since: 1, agent: 'codex' })).toMatchObject({
    since: 1,
    agent: 'codex',
  });
  expect(figureRequest('agent', 'ann', { ...nothing, since: 1 })).toMatchObject({ name: 'ann', since: 1 });
});

test('what would be passed over is named', () => {
  expect(refusal('overall', undefined, { project: 'api' })).toBe('stats overall takes no --project');
  expect(refusal('issue', 'bd-1', { since: 1 })).toBe('stats issue takes no --since');
  expect(refusal('agent', 'ann', { agent: 'codex' })).toBe('stats agent takes no --agent');
  expect(refusal('overall', 'ann', {})).toBe('"ann" is one word too many');
  expect(refusal('skill', undefined, {})).toBe('<skill> is missing');
});
