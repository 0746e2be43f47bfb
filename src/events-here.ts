// The activity log as the library offers it: events are recorded, and told.
import type { Connection } from './connection.ts';
import { createEventRecorder, createRecorder, listEvents } from './journal/index.ts';
import type { EventFilter, EventOptions, NewEvent, RecordedEvent } from './journal/index.ts';
import type { Config, Context } from './model/index.ts';
import { resolve } from './query/index.ts';

export interface EventsHere {
  /**
   * Records an event of the activity log (docs/events.md), and gives its id. When it returns, the event is checked, redacted
   * and kept, though this process be killed; `events()` tells it after the next `import()`. Throws BAD_INPUT, with all that
   * is wrong, and NO_SPACE.
   */
  recordEvent(event: NewEvent, options?: EventOptions): string;
  /** Records many with one write, or none where one of them is wrong. */
  recordEvents(events: readonly NewEvent[], options?: EventOptions): string[];
  /** Those recorded and those read from logs, the latest first. Throws NOT_FOUND, AMBIGUOUS. */
  events(filter?: EventFilter): RecordedEvent[];
}

export function eventsHere(
  context: Context,
  config: Config,
  { db, guarded }: Pick<Connection, 'db' | 'guarded'>,
): EventsHere {
  const events = createEventRecorder(context, createRecorder(context, config));
  return {
    recordEvent: (event, options) => events.record([event], options)[0] ?? '',
    recordEvents: (many, options) => events.record(many, options),
    events: ({ session, ...filter } = {}) =>
      guarded(() =>
        listEvents(db(), {
          ...filter,
          session: session === undefined ? undefined : resolve(db(), session, ['session']).id,
        }),
      ),
  };
}
