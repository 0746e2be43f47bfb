// What is going on: what runs, what was done lately, what today has used, what needs a look.
import type { Overview } from '../../index.ts';
import { section } from './facts.ts';
import { costRange } from './money.ts';
import { many, tokensLine } from './numbers.ts';
import { sessionTable } from './session-table.ts';
import type { View } from './view.ts';
import { fit } from './width.ts';

export function overviewLines(overview: Overview, view: View): string[] {
  const { running, recent } = overview;
  const shown = new Set(running.map((row) => row.id));
  return [
    `${view.colour.bold(many(overview.sessions, 'session'))}  ${todayText(overview)}`,
    ...section('Running', sessionTable(running, view), view),
    ...section(
      'Recent',
      sessionTable(
        recent.filter((row) => !shown.has(row.id)),
        view,
      ),
      view,
    ),
    ...section('Needs a look', attentionLines(overview, view), view),
  ];
}

function todayText({ today }: Overview): string {
  if (today.messages === 0 && today.operations === 0) return 'today: nothing yet';
  const cost = today.messages > 0 ? costRange(today.cost) : '';
  const errors = today.errors > 0 ? ` (${many(today.errors, 'error')})` : '';
  return `today: ${many(today.sessions, 'session')}, ${many(today.operations, 'operation')}${errors}, ${tokensLine(today.tokens, today.outputIsLowerBound)}${cost && `, ${cost}`}`;
}

const attentionLines = ({ attention }: Overview, view: View): string[] =>
  attention.map(({ message, hint }) => {
    const text = fit(message, Math.max(20, view.width - hint.length - 4));
    return `${view.colour.yellow('!')} ${text}  ${view.colour.dim(hint)}`;
  });
