// The words by which users choose an agent stand here as well as with the agents, as help must come without loading these.
import { expect, test } from 'vitest';
import { adapters } from '../../agents/index.ts';
import { agents } from './handoff.ts';

test('every agent that can be started can be chosen', () => {
  expect(agents).toEqual(adapters.flatMap(({ program }) => program?.name ?? []));
});
