// What a validation found: one of four words, for which many others are in use. A word that is none of them is a mistake, and
// never guessed to be a skipped check.
import { isObject } from './field.ts';
import type { Field } from './field.ts';

export const verdicts = ['pass', 'fail', 'warning', 'skipped'] as const;
export type Verdict = (typeof verdicts)[number];

const words: Readonly<Record<Verdict, readonly unknown[]>> = {
  pass: ['pass', 'passed', 'success', 'successful', 'ok', 'true', '1', 'yes', true],
  fail: ['fail', 'failed', 'failure', 'error', 'false', '0', 'no', false],
  warning: ['warning', 'warn', 'warnings', 'alert', 'caution'],
  skipped: ['skipped', 'skip', 'skipping', 'na', 'n/a', 'none', 'unknown', null],
};
const meanings: ReadonlyMap<unknown, Verdict> = new Map(
  verdicts.flatMap((verdict) => words[verdict].map((word) => [word, verdict] as const)),
);

export const readVerdict = (value: unknown): Verdict | undefined =>
  meanings.get(typeof value === 'string' || typeof value === 'number' ? wordOf(value) : value);
const wordOf = (value: string | number): string => String(value).trim().toLowerCase();

export const verdict: Field<Verdict, false> = {
  wanted: 'pass, fail, warning or skipped, or a word that is known to mean one of them',
  needed: false,
  takesNull: true,
  read: readVerdict,
};

/** Names with verdicts; or a list, of `{name, pass}`, `{name, status}` or verdicts alone, which are numbered. */
export const checks: Field<Readonly<Record<string, Verdict>>, false> = {
  wanted: 'an object of names with pass, fail, warning or skipped',
  needed: false,
  form: 'json',
  read(value) {
    const given = Array.isArray(value)
      ? value.map(named)
      : isObject(value)
        ? Object.entries(value)
        : undefined;
    const read = given?.map(([name, one]) => [name, readVerdict(one)] as const);
    return read?.every((one): one is readonly [string, Verdict] => one[1] !== undefined)
      ? Object.fromEntries(read)
      : undefined;
  },
};

function named(value: unknown, i: number): [name: string, verdict: unknown] {
  if (!isObject(value)) return [`check_${i}`, value];
  const name = value['name'];
  return [typeof name === 'string' ? name : `check_${i}`, 'pass' in value ? value['pass'] : value['status']];
}
