// The single responses that the counters find: what costs are computed from. Each counter puts those that it counts into the
// list that it is handed.
import type { Tokens } from './counts.ts';

export interface Response {
  /**
   * `sum`: what an agent told of several responses together; it is no response itself, and nobody knows how long the
   * prompts were. `part`: output of which the prompt is not on record, so that it has no price.
   */
  readonly kind: 'response' | 'sum' | 'part';
  readonly model: string;
  /** Milliseconds since the epoch; 0 for unknown. */
  readonly at: number;
  /** Empty for the standard one. */
  readonly tier: string;
  readonly tokens: Tokens;
  /** Those of the tokens that no record of their own tells of: only the running total has them. */
  readonly hidden?: Tokens;
  /** Those of the output that the agent tells apart, beside it. */
  readonly thoughts?: number;
}
