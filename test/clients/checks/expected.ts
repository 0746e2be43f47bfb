// What clew must know of a told story: the stub's ledger, put in order by session.
import type { World } from '../client/world.ts';
import type { Chapter, Story } from '../story.ts';
import type { Served, ServedCall } from '../stub/ledger.ts';
import type { Usage } from '../stub/scenario.ts';

/** Everything that a check may look at. */
export interface Told {
  readonly world: World;
  readonly story: Story;
}

/** The subagents of the first session: which scenario each plays, and how its call describes it. */
export const subagents = { look: 'Look around', count: 'Count lines', note: 'Leave a note' } as const;

/** The chapters that began a session of their own, with the scenarios played in it. */
export const sessionsOf = {
  tools: ['tools', ...Object.keys(subagents), 'more'],
  branch: ['branch'],
  overloaded: ['overloaded'],
  refused: ['refused'],
  talk: ['talk', 'after'],
  asks: ['asks'],
  killed: ['killed'],
} as const satisfies Partial<Record<Chapter, readonly string[]>>;
export const sessionChapters = Object.keys(sessionsOf) as (keyof typeof sessionsOf)[];

export interface ExpectedCall extends ServedCall {
  readonly chapter: keyof typeof sessionsOf;
  readonly session: string;
  readonly scenario: string;
}

export function expectedCalls({ world, story }: Told): ExpectedCall[] {
  return sessionChapters.flatMap((chapter) =>
    world.stub.ledger
      .answers(...sessionsOf[chapter])
      .flatMap(({ calls, scenario }) =>
        calls.map((call) => ({ ...call, chapter, scenario: scenario!, session: story[chapter].session })),
      ),
  );
}

export function sum(answers: readonly (Served & { readonly usage: Usage })[]): Usage {
  const total = { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
  for (const { usage } of answers) {
    for (const kind of Object.keys(total) as (keyof Usage)[]) total[kind] += usage[kind];
  }
  return total;
}
