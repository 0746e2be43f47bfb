// What was there a moment ago, when its id was looked up.
import { ClewError } from './model/index.ts';

/** Throws NOT_FOUND for what is gone. */
export function present<T>(value: T | undefined, id: string): T {
  if (value === undefined)
    throw new ClewError('NOT_FOUND', `${id} is not there any more`, 'run the command again');
  return value;
}
