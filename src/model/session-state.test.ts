import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sessionState } from './session-state.ts';
import type { SessionStep } from './session-state.ts';

const steps = (...subjects: string[]): SessionStep[] =>
  subjects.map((subject, i) => ({ subject, at: (i + 1) * 1000, data: null }));
const stands = (...subjects: string[]) => sessionState(steps(...subjects))?.status;

test('a session is active from its start, rests, goes on, and ends', () => {
  expect(stands('start')).toBe('active');
  expect(stands('start', 'pause')).toBe('paused');
  expect(stands('start', 'pause', 'resume')).toBe('active');
  expect(stands('start', 'pause', 'end')).toBe('completed');
});

test('without a start it is none, and what makes no sense changes nothing', () => {
  expect(sessionState(steps('pause', 'end'))).toBeUndefined();
  expect(stands('end', 'start')).toBe('active');
  expect(stands('start', 'resume')).toBe('active');
  expect(sessionState(steps('start', 'pause', 'pause'))?.pausedAt).toBe(2000);
});

test('an end has a status and a reason', () => {
  const ended = sessionState([
    ...steps('start'),
    { subject: 'end', at: 5000, data: { status: 'failed', reason: 'timeout' } },
  ]);
  expect(ended).toMatchObject({ status: 'failed', endReason: 'timeout', startedAt: 1000, endedAt: 5000 });
});

test('pauses add up, and the last one ends with the session', () => {
  expect(sessionState(steps('start', 'pause', 'resume', 'pause', 'end'))).toMatchObject({
    pausedMs: 2000,
    pausedAt: null,
  });
});

test('nothing that comes behind the first end counts', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('start', 'pause', 'resume', 'update')),
      fc.array(fc.constantFrom('start', 'pause', 'resume', 'end')),
      (before, after) => {
        const first = ['start', ...before, 'end'];
        expect(sessionState(steps(...first, ...after))).toEqual(sessionState(steps(...first)));
      },
    ),
  );
});
