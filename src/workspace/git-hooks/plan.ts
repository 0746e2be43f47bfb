// What installing git's hooks, or taking them out again, comes to: a list of steps, each of one file.
import { lstatSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { ClewError } from '../../model/index.ts';
import type { HookPlace } from './places.ts';
import { allHooks, keptName, renewed, trailerHook, wayFor, wayOf, withClew, withoutClew } from './text.ts';
import type { HookName } from './text.ts';

export interface HookStep {
  readonly hook: HookName;
  readonly file: string;
  /** Bytes; undefined where there is, or will be, no file. Of a link, what it leads to. */
  readonly before: Buffer | undefined;
  readonly after: Buffer | undefined;
  /** Where what is in the hook's place goes. */
  readonly keepAt?: string;
  /** What comes back into the hook's place. */
  readonly keptAt?: string;
  readonly mode: number;
}

interface Found {
  readonly text: string;
  readonly isLink: boolean;
  readonly isExecutable: boolean;
  readonly mode: number;
}

/** The hook in a place, as bytes; undefined where there is none. */
export function hookAt(file: string): Found | undefined {
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (!stat) return undefined;
  const isLink = stat.isSymbolicLink();
  return {
    text: isLink ? readlinkSync(file) : readFileSync(file, 'latin1'),
    isLink,
    isExecutable: (stat.mode & 0o111) !== 0,
    mode: stat.mode & 0o7777,
  };
}

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
/** Clew's home as it stands in a file that is read as latin1. */
export const homeIn = (clewHome: string): string => Buffer.from(clewHome).toString('latin1');

/** Throws CONFLICT where a hook that was kept before would be lost. */
export function planInstall(
  { folder }: HookPlace,
  { clewHome, trailer }: { readonly clewHome: string; readonly trailer: boolean },
): HookStep[] {
  const home = homeIn(clewHome);
  return allHooks.flatMap((hook): HookStep[] => {
    const file = path.join(folder, hook);
    const found = hookAt(file);
    const step = { hook, file, before: found && bytes(found.text), mode: found?.mode ?? 0o755 };
    if (found && !found.isLink && wayOf(found.text))
      return [{ ...step, after: bytes(renewed(found.text, hook, home)) }];
    if (hook === trailerHook && !trailer) return [];
    const way = wayFor(found);
    const after = bytes(withClew(hook, way, home, found && { before: found.text, isLink: found.isLink }));
    if (way !== 'moved') return [{ ...step, after }];
    const keepAt = path.join(folder, keptName(hook, found?.isLink ?? false));
    if (lstatSync(keepAt, { throwIfNoEntry: false }))
      throw new ClewError(
        'CONFLICT',
        `${file} would be kept as ${keepAt}, where another hook is kept already`,
        'another tool has taken the place of the hook since: put one of the two away by hand',
      );
    return [{ ...step, after, mode: 0o755, keepAt }];
  });
}

export interface Removal {
  readonly steps: readonly HookStep[];
  readonly warnings: readonly string[];
}

export function planRemoval({ folder }: HookPlace): Removal {
  const steps: HookStep[] = [];
  const warnings: string[] = [];
  for (const hook of allHooks) {
    const file = path.join(folder, hook);
    const found = hookAt(file);
    const way = found && !found.isLink ? wayOf(found.text) : undefined;
    if (!found || way === undefined) continue;
    const rest = withoutClew(found.text);
    const step = { hook, file, before: bytes(found.text), mode: found.mode };
    const after = rest === undefined ? undefined : bytes(rest);
    if (way !== 'moved') {
      steps.push({ ...step, after });
      continue;
    }
    const keptAt = [true, false]
      .map((isLink) => path.join(folder, keptName(hook, isLink)))
      .find((kept) => lstatSync(kept, { throwIfNoEntry: false }));
    if (after !== undefined)
      warnings.push(
        `${file} was added to since: it stays, and so does what it runs${keptAt ? `, ${keptAt}` : ''}`,
      );
    else if (keptAt === undefined) steps.push({ ...step, after });
    else steps.push({ ...step, after: contentOf(keptAt, hook), keptAt });
  }
  return { steps, warnings };
}

/** What a kept hook is when it is back in its place: the link leads from one folder higher up. */
function contentOf(kept: string, hook: HookName): Buffer {
  const found = hookAt(kept);
  const text = found?.text ?? '';
  return bytes(found?.isLink && kept.endsWith(keptName(hook, true)) ? text.replace(/^\.\.\//, '') : text);
}
