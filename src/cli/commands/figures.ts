// The part of `clew stats` that is asked for one agent, issue or skill, for all of them, or for how long sessions took.
import type { Clew } from '../../index.ts';
import { viewOf } from '../cli.ts';
import { printJson } from '../json.ts';
import { show } from '../pager.ts';
import { agentLines, durationTable, issueLines, overallLines, skillLines } from '../render/figures.ts';
import { harmless } from '../render/harmless.ts';
import type { View } from '../render/view.ts';
import { UsageError } from '../usage-error.ts';

export const figureTopics = ['agent', 'issue', 'skill', 'overall', 'durations'] as const;
export type FigureTopic = (typeof figureTopics)[number];

export const isFigureTopic = (word: string | undefined): word is FigureTopic =>
  figureTopics.some((one) => one === word);

export interface FigureRequest {
  readonly since: number | undefined;
  readonly agent: string | undefined;
  readonly asJson: boolean;
}

export async function showFigures(
  clew: Clew,
  topic: FigureTopic,
  name: string | undefined,
  { since, agent, asJson }: FigureRequest,
): Promise<void> {
  const told = async <T>(found: T, lines: (shown: T, view: View) => string[]): Promise<void> => {
    if (asJson) printJson(found);
    else await show(lines(harmless(found), viewOf(clew)));
  };
  if (topic === 'overall') return told(clew.overallFigures({ since }), overallLines);
  if (topic === 'durations') return told(clew.sessionDurations({ since, agent }), durationTable);
  if (name === undefined) throw new UsageError(`<${topic}> is missing`, `clew stats ${topic} NAME`);
  if (topic === 'agent') return told(clew.agentFigures(name, { since }), agentLines);
  if (topic === 'skill') return told(clew.skillFigures(name, { since }), skillLines);
  return told(clew.issueFigures(name), issueLines);
}
