// What the stub's model says, as data: a scenario is a list of steps, a step is one answer of the model. Beside each
// tool call stands what must become of it, so that scenario and expectation cannot drift apart.

export type Outcome = 'success' | 'failed' | 'blocked' | 'interrupted';

export interface ScriptedCall {
  /** `Agent` is offered as `Task` by older clients; the stub asks for what is offered. */
  readonly tool: string;
  /** `{work}` in any string stands for the folder that the client works in. */
  readonly input: Readonly<Record<string, unknown>>;
  /** `success` where it is left out. */
  readonly becomes?: Outcome;
}

/** The five disjoint token counts, as clew names them. */
export interface Usage {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
}

export interface Failure {
  readonly status: number;
  readonly type: string;
  readonly message: string;
  /** So often, then the step is passed over. For ever where it is left out. */
  readonly times?: number;
}

export interface Step {
  readonly think?: string;
  readonly say?: string;
  readonly calls?: readonly ScriptedCall[];
  /** Milliseconds before the answer begins. */
  readonly waitMs?: number;
  readonly usage?: Partial<Usage>;
  /** An error in place of an answer. It does not count as one. */
  readonly fails?: Failure;
}

export type Scenarios = Readonly<Record<string, readonly Step[]>>;

/** What a step costs unless it says otherwise. Every kind and every step has a number of its own: two kinds swapped,
 * a step counted twice or one left out each give another sum. */
export function usageOf(step: Step, index: number): Usage {
  return {
    input: 10 + index,
    output: 40 + 5 * index,
    cacheRead: 15_000 + 1_000 * index,
    cacheWrite5m: 500 + 3 * index,
    cacheWrite1h: 200 + 7 * index,
    ...step.usage,
  };
}
