// Words of which only a few are allowed: a wrong one is refused with those that are.
import { ClewError } from '../../model/index.ts';

/** Throws BAD_INPUT, which names what is allowed. */
export function allowed<const T extends string>(choices: readonly T[], given: string, what: string): T {
  const found = choices.find((one) => one === given);
  if (found !== undefined) return found;
  throw new ClewError('BAD_INPUT', `${what} "${given}" is not known`, `it can be: ${choices.join(', ')}`);
}
