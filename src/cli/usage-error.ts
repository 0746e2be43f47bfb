// The request itself is wrong: an unknown command or flag, a value that makes no sense. Ends in exit code 2.

export class UsageError extends Error {
  /** What to type in its place, or where to read on. */
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.name = 'UsageError';
    this.hint = hint;
  }
}
