// All steps one after the other, numbered as in the terminal: for files, pipes and pagers.
import { harmless } from '../render/harmless.ts';
import { untitled } from '../render/session-table.ts';
import { fullMoment } from '../render/time.ts';
import type { View } from '../render/view.ts';
import { wrap } from '../render/width.ts';
import { layOutStep } from './player.ts';
import type { Recording } from './recording.ts';

export function plainLines(recording: Recording, from: number, view: View): string[] {
  const { colour } = view;
  const title = harmless(recording.title ?? untitled);
  const { steps } = recording;
  return [
    ...wrap(title, view.width).map((line) => colour.bold(line)),
    ...steps.slice(from).flatMap((step) => {
      const { number, entry, checkpoint } = harmless(step);
      const place = [
        `step ${number} of ${steps.length}`,
        fullMoment(entry.at, view.now),
        ...(checkpoint === null ? [] : [`clew restore ${checkpoint}`]),
      ];
      return ['', colour.dim(`── ${place.join(' · ')}`), ...layOutStep(recording, step, view)];
    }),
  ];
}
