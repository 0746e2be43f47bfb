// Flags that only some of a command's words take: given with another word they would be passed over.
import { UsageError } from './usage-error.ts';

/** Throws a UsageError that names a flag which is given and not taken. */
export function onlyFlags(
  what: string,
  given: Readonly<Record<string, unknown>>,
  takes: readonly string[],
): void {
  const odd = Object.keys(given).find(
    (flag) => given[flag] !== undefined && given[flag] !== false && !takes.includes(flag),
  );
  if (odd === undefined) return;
  const [command] = what.split(' ');
  throw new UsageError(`${what} takes no --${odd}`, `\`clew ${command} --help\` shows what it takes`);
}
