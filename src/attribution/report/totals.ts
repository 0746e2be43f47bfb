// How many lines each has written: agents by model, people, both, nobody knows whom; over commits, and in each file.
import type { AttributionData, LineAuthor, LineRange } from '../lines/record.ts';

/** `mixed`: an agent's line that a person reworded, or of which a person changed the white space; or the reverse. */
export type Share = 'ai' | 'human' | 'mixed' | 'unknown';

export interface Counts {
  readonly lines: number;
  readonly ai: number;
  readonly human: number;
  readonly mixed: number;
  readonly unknown: number;
}

export interface AgentCounts {
  readonly agent: string | null;
  readonly model: string | null;
  readonly lines: number;
}

export interface Totals extends Counts {
  readonly commits: number;
  /** Lines that are one agent's for certain, most first. */
  readonly agents: readonly AgentCounts[];
  readonly files: readonly (Counts & { readonly path: string })[];
}

export function shareOf(data: AttributionData, [, , who, ...touched]: LineRange): Share {
  const kinds = new Set((typeof who === 'number' ? [who] : who).map((n) => data.authors[n]?.by));
  const [kind, other] = kinds;
  if (kind === undefined || other !== undefined) return 'unknown';
  const others = touched.map((n) => data.authors[n ?? -1]?.by);
  if (others.some((by) => by !== undefined && by !== kind)) return 'mixed';
  return kind === 'agent' ? 'ai' : 'human';
}

/** The agent whose a line is: for certain, or as all whose it could be have it in common. */
export function agentOf(
  data: AttributionData,
  [, , who]: LineRange,
): Extract<LineAuthor, { by: 'agent' }> | undefined {
  const [first, ...others] = (typeof who === 'number' ? [who] : who).map((n) => data.authors[n]);
  if (first?.by !== 'agent') return undefined;
  const isSame = others.every(
    (one) => one?.by === 'agent' && one.agent === first.agent && one.model === first.model,
  );
  return isSame ? first : undefined;
}

export function totalsOf(all: Iterable<AttributionData>): Totals {
  const sum = noLines();
  const files = new Map<string, ReturnType<typeof noLines>>();
  const agents = new Map<string, AgentCounts>();
  let commits = 0;
  for (const data of all) {
    commits++;
    for (const file of data.files) {
      const here = files.get(file.path) ?? noLines();
      files.set(file.path, here);
      for (const range of file.lines) {
        const lines = range[1] - range[0] + 1;
        const share = shareOf(data, range);
        for (const counts of [sum, here]) {
          counts.lines += lines;
          counts[share] += lines;
        }
        const by = agentOf(data, range);
        if (!by) continue;
        const key = JSON.stringify([by.agent, by.model]);
        agents.set(key, { agent: by.agent, model: by.model, lines: lines + (agents.get(key)?.lines ?? 0) });
      }
    }
  }
  return {
    commits,
    ...sum,
    agents: [...agents.values()].sort((a, b) => b.lines - a.lines),
    files: [...files].map(([path, counts]) => ({ path, ...counts })).sort((a, b) => b.lines - a.lines),
  };
}

const noLines = () => ({ lines: 0, ai: 0, human: 0, mixed: 0, unknown: 0 });
