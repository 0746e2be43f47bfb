// Tells a failure on stderr, and which exit code it means.
import type { ClewError } from '../index.ts';
import { jsonText } from './json.ts';
import { harmlessText } from './render/harmless.ts';
import { note } from './terminal.ts';
import { UsageError } from './usage-error.ts';

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

export function report(error: unknown, asJson: boolean): 1 | 2 {
  const failure = failureOf(error);
  if (asJson) note(jsonText({ error: failure }));
  else {
    note(`clew: ${harmlessText(failure.message)}`);
    if (failure.hint !== '') note(`      ${harmlessText(failure.hint)}`);
  }
  if (process.env['CLEW_DEBUG'] && error instanceof Error) note(harmlessText(error.stack ?? ''));
  return error instanceof UsageError ? 2 : 1;
}

function failureOf(error: unknown): Failure {
  if (error instanceof UsageError) return { code: 'USAGE', message: error.message, hint: error.hint };
  if (isClewError(error)) return { code: error.code, message: error.message, hint: error.hint };
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'UNEXPECTED', message, hint: 'this was not foreseen; CLEW_DEBUG=1 shows where it happened' };
}

/** By its name: the class is the library's, which is not loaded where only the request was wrong. */
const isClewError = (error: unknown): error is ClewError =>
  error instanceof Error && error.name === 'ClewError';
