import * as z from 'zod';
import { defineTool } from '../tool.ts';
import { forSession, sessionFor } from './for-session.ts';

export const note = defineTool({
  name: 'note',
  title: 'Leave a note',
  description: 'Records a note, for whoever takes up this work. `search` finds it.',
  records: true,
  input: { text: z.string().min(1), session: forSession },
  async run(call, { text, session }) {
    const { how, told } = sessionFor(call, session);
    const kept = await call.clew.recordNote(text, how);
    return `note ${kept.id} is recorded${told(kept.session)}`;
  },
});

export const recordMetric = defineTool({
  name: 'record_metric',
  title: 'Record a number',
  description: 'Records a named number: coverage, tests passed, milliseconds.',
  records: true,
  input: {
    name: z.string().min(1),
    value: z.number(),
    metadata: z.record(z.string(), z.unknown()).optional(),
    session: forSession,
  },
  async run(call, { name, value, metadata, session }) {
    const { how, told } = sessionFor(call, session);
    const kept = await call.clew.recordMetric(name, value, { ...how, metadata });
    return `${kept.name} is recorded as ${kept.value}${told(kept.session)}`;
  },
});
