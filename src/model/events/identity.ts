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

/** Parents that go on having children are kept; of the others, the latest. */
const maxKnown = 500;
/** Ids may be of any length. */
const maxLength = 120;

/** Which event is meant by an id: the last that bore it. */
export interface KnownEvents {
  note(session: string, id: string, key: string): void;
  find(session: string, id: string): string | undefined;
  /** As JSON; of bounded size. */
  state(): readonly (readonly [name: string, key: string])[];
}

export function knownEvents(saved: unknown): KnownEvents {
  const known = new Map<string, string>(Array.isArray(saved) ? saved : []);
  function put(name: string, key: string): void {
    known.delete(name);
    known.set(name, key);
    const [oldest] = known.size > maxKnown ? known.keys() : [];
    if (oldest !== undefined) known.delete(oldest);
  }
  return {
    note(session, id, key) {
      const name = `${session}|${id}`;
      if (name.length + key.length <= 2 * maxLength) put(name, key);
    },
    find(session, id) {
      const name = `${session}|${id}`;
      const key = known.get(name);
      if (key !== undefined) put(name, key);
      return key;
    },
    state: () => [...known],
  };
}
