// Names and values below one another: the heads of `clew show`.
import type { View } from './view.ts';
import { pad, widthOf, wrap } from './width.ts';

export type Fact = readonly [name: string, value: string | null | undefined];

/** What has no value is left out. */
export function factLines(facts: readonly Fact[], view: View): string[] {
  const known = facts.filter((fact): fact is readonly [string, string] => Boolean(fact[1]));
  const left = Math.max(0, ...known.map(([name]) => widthOf(name))) + 2;
  return known.flatMap(([name, value]) =>
    wrap(value, view.width - left).map(
      (line, i) => `${view.colour.dim(pad(i === 0 ? name : '', left))}${line}`,
    ),
  );
}

/** A heading with what stands below it; nothing where nothing does. */
export const section = (title: string, lines: readonly string[], view: View): string[] =>
  lines.length === 0 ? [] : ['', view.colour.bold(title), ...lines];
