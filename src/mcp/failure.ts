// Failures in words for a model: what happened, and the way out.
import { ClewError } from '../model/index.ts';

export const failureText = (error: unknown): string =>
  error instanceof ClewError
    ? `${error.code}: ${error.message}\n${error.hint}`
    : `UNEXPECTED: ${(error as Error).message}`;
