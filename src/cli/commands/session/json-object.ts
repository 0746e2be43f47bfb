// The value of a flag that takes a JSON object.
import { jsonValue } from '../../flags.ts';
import { UsageError } from '../../usage-error.ts';

export function jsonObject(text: string, flag: string): Readonly<Record<string, unknown>> {
  const value = jsonValue(text, flag);
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new UsageError(`${flag} is no JSON object`, `for example: ${flag} '{"ticket": 7}'`);
}
