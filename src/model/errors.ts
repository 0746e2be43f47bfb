// Expected failures: each has a code, says what was met, and names the way out. Anything else that throws is a bug.

const errorCodes = {
  INDEX_TOO_NEW: 'the index was made by a newer clew',
  INDEX_CORRUPT: 'the index is damaged',
  STREAM_DAMAGED: 'a stream does not match its chain',
  NOT_FOUND: 'nothing has that id',
  AMBIGUOUS: 'several things have that prefix',
  BAD_CONFIG: 'the configuration is not valid',
  BAD_INPUT: 'the input is not what was expected',
  NO_SPACE: 'the disk is full',
  NOT_WRITABLE: 'clew’s folder cannot be written to',
  UNREADABLE: 'a file cannot be read',
  BUSY: 'another clew is at work',
  NO_GIT: 'git was not found',
  GIT_FAILED: 'git could not do it',
  NO_CHECKPOINT: 'the state of the files could not be taken',
  WRONG_STATE: 'the session does not stand as that needs',
  CONFLICT: 'files were changed since',
} as const;
export type ErrorCode = keyof typeof errorCodes;

export class ClewError extends Error {
  readonly code: ErrorCode;
  /** What to do about it. */
  readonly hint: string;

  constructor(code: ErrorCode, message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ClewError';
    this.code = code;
    this.hint = hint;
  }
}
