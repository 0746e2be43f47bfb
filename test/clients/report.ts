// One line a check, and the count at the end.
import { inspect, isDeepStrictEqual } from 'node:util';

export interface Report {
  readonly failed: number;
  /** What must be equal. Shows both sides where it is not. */
  equal(name: string, actual: unknown, expected: unknown): void;
  /** What must hold; `shown` says what was met instead. */
  holds(name: string, condition: boolean, shown: unknown): void;
  skip(name: string, why: string): void;
  /** Checks that belong together: what throws fails once, and the others go on. */
  group(name: string, checks: () => void | Promise<void>): Promise<void>;
  under(prefix: string): Report;
  /** The last line. */
  sum(): string;
}

export function makeReport(): Report {
  const count = { passed: 0, failed: 0, skipped: 0 };
  const show = (value: unknown) =>
    inspect(value, { depth: 6, breakLength: Infinity, maxArrayLength: 12, maxStringLength: 300 }).slice(
      0,
      1500,
    );

  const at = (prefix: string): Report => {
    const settle = (name: string, passed: boolean, why: () => string) => {
      count[passed ? 'passed' : 'failed']++;
      console.log(`${passed ? 'ok  ' : 'FAIL'} ${prefix}${name}${passed ? '' : `\n     ${why()}`}`);
    };
    return {
      get failed() {
        return count.failed;
      },
      equal: (name, actual, expected) =>
        settle(
          name,
          isDeepStrictEqual(actual, expected),
          () => `got ${show(actual)}\n     for ${show(expected)}`,
        ),
      holds: (name, condition, shown) => settle(name, condition, () => `got ${show(shown)}`),
      skip(name, why) {
        count.skipped++;
        console.log(`skip ${prefix}${name}: ${why}`);
      },
      async group(name, checks) {
        try {
          await checks();
        } catch (error) {
          settle(name, false, () =>
            error instanceof Error ? (error.stack ?? error.message) : String(error),
          );
        }
      },
      under: (more) => at(`${prefix}${more} `),
      sum() {
        const { passed, failed, skipped } = count;
        return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;
      },
    };
  };
  return at('');
}
