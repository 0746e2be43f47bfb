// The part of `clew stats` that is asked for one agent, issue or skill, for all of them, or for how long sessions took.
import type { Clew } from '../../index.ts';
import { viewOf } from '../cli.ts';
import { printJson } from '../json.ts';
import { show } from '../pager.ts';
import { agentLines, durationTable, issueLines, overallLines, skillLines } from '../render/figures.ts';
import { harmless } from '../render/harmless.ts';
import type { View } from '../render/view.ts';
import { onlyFlags } from '../only-flags.ts';
import { note } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

export const figureTopics = ['agent', 'issue', 'skill', 'overall', 'durations'] as const;
export type FigureTopic = (typeof figureTopics)[number];

export const isFigureTopic = (word: string | undefined): word is FigureTopic =>
  figureTopics.some((one) => one === word);

/** What narrows each of them down. */
const narrowing: Readonly<Record<FigureTopic, readonly string[]>> = {
  agent: ['since'],
  issue: [],
  skill: ['since'],
  overall: ['since'],
  durations: ['since', 'agent'],
};
const named: ReadonlySet<FigureTopic> = new Set(['agent', 'issue', 'skill']);

export interface FigureRequest {
  readonly name: string;
  readonly since: number | undefined;
  readonly agent: string | undefined;
}

/** What is asked for. Throws a UsageError for what makes no sense of the topic. */
export function figureRequest(
  topic: FigureTopic,
  name: string | undefined,
  filter: Readonly<Record<string, unknown>> & Omit<FigureRequest, 'name'>,
): FigureRequest {
  onlyFlags(`stats ${topic}`, filter, narrowing[topic]);
  if (name === undefined && named.has(topic))
    throw new UsageError(`<${topic}> is missing`, `clew stats ${topic} NAME`);
  if (name !== undefined && !named.has(topic))
    throw new UsageError(`"${name}" is one word too many`, `clew stats ${topic}`);
  return { name: name ?? '', since: filter.since, agent: filter.agent };
}

export async function showFigures(
  clew: Clew,
  topic: FigureTopic,
  { name, since, agent, asJson }: FigureRequest & { readonly asJson: boolean },
): Promise<void> {
  const told = async <T>(found: T, lines: (shown: T, view: View) => string[]): Promise<void> => {
    if (asJson) printJson(found);
    else await show(lines(harmless(found), viewOf(clew)));
  };
  if (topic === 'overall') return told(clew.overallFigures({ since }), overallLines);
  if (topic === 'agent') return told(clew.agentFigures(name, { since }), agentLines);
  if (topic === 'skill') return told(clew.skillFigures(name, { since }), skillLines);
  if (topic === 'issue') return told(clew.issueFigures(name), issueLines);
  const found = clew.sessionDurations({ since, agent });
  if (found.length === 0 && !asJson) note('no sessions match');
  return told(found, durationTable);
}
