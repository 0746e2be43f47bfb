import * as z from 'zod';
import { eventTypeNames } from '../../model/events/index.ts';
import { defineTool } from '../tool.ts';
import { forSession, sessionFor } from './for-session.ts';

export const recordEvent = defineTool({
  name: 'record_event',
  title: 'Record an event of the activity log',
  description: `Records an event of the activity log. Types: ${eventTypeNames.join(', ')}. What is missing or wrong in its fields is said, and nothing is recorded then.`,
  records: true,
  input: {
    event_type: z.enum(eventTypeNames as [string, ...string[]]),
    fields: z.record(z.string(), z.unknown()).default({}).describe('The fields of its type'),
    parent: z.string().optional().describe('The event that this one came of, by its id'),
    session: forSession,
  },
  run(call, { event_type, fields, parent, session }) {
    const { how, told } = sessionFor(call, session);
    const event = { ...fields, event_type } as Parameters<typeof call.clew.recordEvent>[0];
    const id = call.clew.recordEvent(event, { session: how.session, parent });
    return `event ${id} is recorded${told(how.session ?? null)}`;
  },
});
