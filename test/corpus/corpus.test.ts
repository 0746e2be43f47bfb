// The truth corpus: small sessions with one trap each, and the right answer, which cases/<name>/case.md explains.
import { expect, test } from 'vitest';
import { counted } from './count.ts';
import { cases } from './read.ts';

test.each(cases)('$name: $title', async (one) => {
  const { import: _, config: __, days = {}, ...answer } = one.answer;
  await counted(one, (clew, { sessions, messages, tokens, cost }) => {
    const [first] = sessions;
    const found = {
      sessions: sessions.length,
      messages,
      tokens,
      cost: cost.computed,
      highest: cost.highest,
      unpriced: cost.unpriced,
      apiErrors: first?.apiErrors,
      reported: first?.cost.reported,
      lowerBound: sessions.some((session) => session.outputIsLowerBound),
      bySession: Object.fromEntries(sessions.map((session) => [session.id, session.cost.computed])),
    };
    for (const [timezone, right] of Object.entries(days)) {
      const { rows } = clew.usage({ group: 'day', timezone, all: true });
      const told = Object.fromEntries(rows.map((row) => [row.group, row.cost.computed]));
      expect({ timezone, ...told }).toEqual({ timezone, ...right });
    }
    expect(found).toMatchObject({
      unpriced: 0,
      lowerBound: false,
      ...(!answer.lowerBound && { highest: answer.cost }),
      ...answer,
    });
  });
});
