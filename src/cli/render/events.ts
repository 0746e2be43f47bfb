// The activity log as a table.
import type { RecordedEvent } from '../../index.ts';
import { shortIds } from './ids.ts';
import { table } from './table.ts';
import { moment } from './time.ts';
import type { View } from './view.ts';

export function eventLines(events: readonly RecordedEvent[], view: View): string[] {
  const { colour } = view;
  const id = shortIds(events.flatMap(({ session }) => session ?? []));
  return table(
    events,
    [
      { head: 'at', cell: (one) => moment(one.at, view.now) },
      {
        head: 'session',
        cell: (one) => (one.session === null ? '' : id(one.session)),
        style: colour.yellow,
        spare: 1,
      },
      { head: 'type', cell: (one) => one.type },
      { head: 'agent', cell: (one) => one.agent ?? '', spare: 2 },
      { head: 'what', cell: (one) => one.text, min: 20 },
    ],
    view,
  );
}
