// Statistics for people: one topic in full, or the most important of each.
import type { Stats } from '../../../index.ts';
import { moneyText } from '../../../model/index.ts';
import { factLines, section } from '../facts.ts';
import { many, promptTokens, short } from '../numbers.ts';
import { duration } from '../time.ts';
import type { View } from '../view.ts';
import { wrap } from '../width.ts';
import { errorLines } from './errors.ts';
import { agentTable, fileTable, modelTable, skillTable, slowTable, toolTable } from './tables.ts';

export const topics = ['agents', 'tools', 'errors', 'files', 'skills', 'models', 'sessions'] as const;
export type Topic = (typeof topics)[number];

/** How much of each is shown where no topic is named. */
const few = 5;

export function statsLines(stats: Stats, topic: Topic | undefined, view: View): string[] {
  const count = topic === undefined ? few : Infinity;
  const all: Readonly<Record<Topic, () => string[]>> = {
    sessions: () => [
      ...sessionLines(stats, view),
      ...section('Slowest operations', slowTable(stats.slowest.slice(0, count), view), view),
    ],
    agents: () => section('Agents', agentTable(stats.agents.slice(0, count), view), view),
    models: () => section('Models', modelTable(stats.models.slice(0, count), view), view),
    tools: () => section('Tools', toolTable(stats.tools.slice(0, count), view), view),
    errors: () => section('Errors that came again', errorLines(stats.errors.slice(0, count), view), view),
    files: () => section('Files changed most', fileTable(stats.files.slice(0, count), view), view),
    skills: () => section('Skills', skillTable(stats.skills.slice(0, count), view), view),
  };
  if (topic !== undefined) {
    const lines = all[topic]();
    return lines.length > 0 ? lines : [`no ${topic} in this time`];
  }
  return [
    ...all.sessions(),
    ...(['agents', 'models', 'tools', 'errors', 'files', 'skills'] as const).flatMap((name) => all[name]()),
    ...section(
      'Worth a look',
      stats.recommendations.flatMap(({ message }) =>
        wrap(message, view.width - 2).map((line, i) => `${i === 0 ? '• ' : '  '}${line}`),
      ),
      view,
    ),
  ];
}

function sessionLines({ sessions: s }: Stats, view: View): string[] {
  const { waiting } = s;
  return factLines(
    [
      [
        'sessions',
        `${many(s.sessions, 'session')}, ${many(s.turns, 'turn')}, ${many(s.operations, 'operation')}${s.interrupted > 0 ? `, ${s.interrupted} interrupted` : ''}`,
      ],
      ['tokens', `${short(promptTokens(s.tokens))} in, ${short(s.tokens.output)} out`],
      [
        'cost',
        `${moneyText(s.cost.computed)}${s.cost.unpricedTokens > 0 ? `, and ${short(s.cost.unpricedTokens)} tokens unpriced` : ''}`,
      ],
      [
        'length',
        s.durations &&
          `${duration(s.durations.average)} on average, ${duration(s.durations.longest)} at most`,
      ],
      [
        'waiting',
        waiting.times > 0
          ? `${duration(waiting.total)} for the next prompt, ${many(waiting.times, 'time')}; half of the waits within ${duration(waiting.median ?? 0)}`
          : null,
      ],
    ],
    view,
  );
}
