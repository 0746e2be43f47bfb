// A checkpoint as the index holds it. `late` is 0 or 1; `tree` is null where the files could not be taken.
export interface StoredCheckpoint {
  readonly id: string;
  readonly at: number;
  readonly root: string;
  readonly trigger: string;
  readonly session: string | null;
  readonly run: string | null;
  readonly operation: string | null;
  readonly tree: string | null;
  readonly head: string | null;
  readonly branch: string | null;
  readonly late: number;
  readonly why: string | null;
  readonly message: string | null;
  /** Ids of rows in `list`; null for an empty one. */
  readonly inner: string | null;
  readonly left_out: string | null;
}
