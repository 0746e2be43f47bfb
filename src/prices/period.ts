// From which day on, and until which, a price or a discount is valid. Days begin at midnight UTC.

export interface Period {
  /** First day, and first day no more. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

/** `at`: milliseconds since the epoch; 0 for unknown, which stands for the latest. */
export const covers = ({ from, until }: Period, at: number): boolean =>
  at === 0
    ? until === undefined
    : (from === undefined || Date.parse(from) <= at) && (until === undefined || at < Date.parse(until));
