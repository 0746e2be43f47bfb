// Limits and what alerts come of are checked where they are read, and what is wrong is named with its place.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from './config.ts';

function load(settings: object) {
  const home = mkdtempSync(path.join(os.tmpdir(), 'clew-config-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  writeFileSync(path.join(home, 'config.json'), JSON.stringify(settings));
  return loadConfig(home);
}

test('limits', () => {
  const limits = {
    session: { tokens: { soft: 1, hard: 2 } },
    day: { cost: { hard: 0.000001 } },
    project: { '~/shop': { cost: { soft: 5 } }, '*': {} },
  };
  expect(load({ limits }).limits).toEqual(limits);
  expect(load({ limits: {} }).limits).toEqual({ session: {}, day: {}, project: {} });
});

test('alerts', () => {
  const usual = { costSpikeFactor: 3, minHours: 24, errorRate: 0.1, minOperations: 10, blockedPerHour: 10 };
  expect(load({ alerts: {} }).alerts).toEqual(usual);
  const own = { ...usual, errorRate: 0, command: "notify-send 'clew'" };
  expect(load({ alerts: own }).alerts).toEqual(own);
});

test.each([
  [{ limits: { day: { cost: {} } } }, 'limits.day.cost: a limit needs `soft`, `hard` or both'],
  [{ limits: { day: { cost: { soft: 2, hard: 2 } } } }, 'limits.day.cost: `soft` must be below `hard`'],
  [{ limits: { day: { cost: { soft: 0 } } } }, 'limits.day.cost.soft'],
  [{ limits: { day: { cost: { soft: 0.0000015 } } } }, 'six decimals'],
  [{ limits: { day: { cost: { soft: '10' } } } }, 'limits.day.cost.soft'],
  [{ limits: { session: { tokens: { hard: 1.5 } } } }, 'limits.session.tokens.hard'],
  [{ limits: { week: { tokens: { hard: 1 } } } }, 'week'],
  [{ limits: { project: { cost: { hard: 1 } } } }, 'limits.project.cost'],
  [{ alerts: { errorRate: 10 } }, 'alerts.errorRate'],
  [{ alerts: { command: ' ' } }, 'alerts.command: a command is a line for the shell'],
  [{ alerts: { command: ['notify-send', 'clew'] } }, 'alerts.command'],
])('%j is refused', (settings, place) => {
  expect(() => load(settings)).toThrow(place);
});
