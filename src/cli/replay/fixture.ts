// Steps made by hand, for tests that need no session.
import pc from 'picocolors';
import type { OperationRow, TimelineEntry } from '../../index.ts';
import type { View } from '../render/view.ts';
import type { Step } from './steps.ts';

export const view: View = {
  width: 60,
  colour: pc.createColors(false),
  home: '/home/me',
  now: Date.parse('2025-11-12T15:00:00'),
};

/** A local time, so that tests say the same in every zone. */
export const at = (minute: number): string => new Date(2025, 10, 12, 14, minute).toISOString();

export const entry = (key: string, fields: Partial<TimelineEntry> = {}): TimelineEntry => ({
  key,
  kind: 'answer',
  at: at(0),
  session: 's',
  run: 's',
  depth: 0,
  turn: null,
  text: key,
  detail: null,
  ...fields,
});

export const operation = (id: string, fields: Partial<OperationRow> = {}): OperationRow => ({
  id,
  name: 'Bash',
  type: 'execute',
  target: id,
  description: null,
  status: 'success',
  startedAt: at(0),
  durationMs: 20,
  durationFrom: 'agent',
  error: null,
  approval: null,
  approvedBy: null,
  spawned: null,
  batch: null,
  detail: null,
  changes: [],
  ...fields,
});

export const step = (number: number, text: string, fields: Partial<Step> = {}): Step => ({
  number,
  turn: 1,
  beginsTurn: false,
  subagent: null,
  checkpoint: null,
  entry: entry(text),
  ...fields,
});
