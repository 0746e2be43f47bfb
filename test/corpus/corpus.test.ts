// The truth corpus: small sessions with one trap each, and the right answer, which cases/<name>/case.md explains.
import { describe, expect, test } from 'vitest';
import { counted } from './count.ts';
import { cases } from './read.ts';

describe.each(cases)('$name: $title', (one) => {
  const { answer } = one;

  test('sessions, messages, tokens and cost', async () => {
    await counted(one, (_, { sessions, messages, tokens, cost }) => {
      expect(messages).toBe(answer.messages);
      expect(tokens).toEqual(answer.tokens);
      expect(cost).toEqual({
        computed: answer.cost,
        highest: answer.highest ?? (answer.lowerBound ? cost.highest : answer.cost),
        unpriced: answer.unpriced ?? 0,
      });
      if (answer.sessions !== undefined) expect(sessions).toHaveLength(answer.sessions);
      expect(sessions.some((session) => session.outputIsLowerBound)).toBe(answer.lowerBound ?? false);
      if (answer.apiErrors !== undefined) expect(sessions[0]?.apiErrors).toBe(answer.apiErrors);
      if (answer.reported !== undefined) expect(sessions[0]?.cost.reported).toBe(answer.reported);
      if (answer.bySession)
        expect(Object.fromEntries(sessions.map((s) => [s.id, s.cost.computed]))).toEqual(answer.bySession);
    });
  });
});
