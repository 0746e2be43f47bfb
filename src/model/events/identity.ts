// What names an event. The ids that writers give are unique neither in a log, where they begin anew whenever a session is taken
// up again, nor among logs. So the name of an event is made of its session, its id and its content: told twice, it is one.
import { hash } from 'node:crypto';

const prefix = 'session_';
const defaultSession = 'session_default';
const uuid = /^session_([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;

/** The session as events name it, and as clew does: sessions whose id is a UUID have it behind `session_` in events. */
export const sessionInEvents = (session: string | undefined): string =>
  session === undefined ? defaultSession : session.startsWith(prefix) ? session : prefix + session;
export const sessionOfEvents = (given: string): string => uuid.exec(given)?.[1] ?? given;

export const eventKey = (session: string, id: string, content: unknown): string =>
  `${id}|${hash('sha1', `${session}|${JSON.stringify(content)}`).slice(0, 16)}`;

/** A parent may be far back, but not as far as this. */
const maxKnown = 2000;

/** Which event is meant by an id: the last that bore it. */
export interface KnownEvents {
  note(session: string, id: string, key: string): void;
  find(session: string, id: string): string | undefined;
  /** As JSON; of bounded size. */
  state(): readonly (readonly [name: string, key: string])[];
}

export function knownEvents(saved: unknown): KnownEvents {
  const known = new Map<string, string>(Array.isArray(saved) ? saved : []);
  const name = (session: string, id: string): string => `${session}|${id}`;
  return {
    note(session, id, key) {
      known.delete(name(session, id));
      known.set(name(session, id), key);
      for (const oldest of known.size > maxKnown ? known.keys() : []) {
        known.delete(oldest);
        break;
      }
    },
    find: (session, id) => known.get(name(session, id)),
    state: () => [...known],
  };
}
