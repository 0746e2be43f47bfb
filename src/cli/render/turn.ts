// One turn: the prompt, and everything that was done in answer to it.
import type { SessionDetail, TurnDetail } from '../../index.ts';
import { factLines } from './facts.ts';
import { tokensLine } from './numbers.ts';
import { runNames } from './runs.ts';
import { untitled } from './session-table.ts';
import { between, fullMoment } from './time.ts';
import { createTimelineRenderer } from './timeline.ts';
import type { View } from './view.ts';

export function turnLines(turn: TurnDetail, session: SessionDetail, view: View): string[] {
  const render = createTimelineRenderer(view, {
    workspace: session.workspace,
    full: true,
    ids: true,
    runName: runNames(session.runs),
  });
  return [
    view.colour.bold(`Turn ${turn.number} of ${session.title ?? untitled}`),
    '',
    ...factLines(
      [
        ['turn', turn.id],
        ['session', turn.session],
        ['time', fullMoment(turn.startedAt, view.now)],
        ['took', between(turn.startedAt, turn.endedAt)],
        ['tokens', tokensLine(turn.tokens, session.outputIsLowerBound)],
      ],
      view,
    ),
    ...turn.entries.flatMap(render),
  ];
}
