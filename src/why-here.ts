// Why something is as it is, as the library offers it: from what the user names to the prompts and decisions behind it.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Connection } from './connection.ts';
import {
  reasonsFor,
  whyCommit,
  whyIssue,
  whyLine,
  whyNamedIssue,
  whyOperation,
  whyUnknownCommit,
} from './journal/index.ts';
import type { LineOrigin, Why } from './journal/index.ts';
import { ClewError } from './model/index.ts';
import type { Context } from './model/index.ts';
import { resolve } from './query/index.ts';
import { tryGit } from './workspace/index.ts';

export interface WhyHere {
  /**
   * `what`: `file:line`, an operation, a commit (its hash, or what git calls it here), or an issue. Throws NOT_FOUND, AMBIGUOUS,
   * and BAD_INPUT for a line that the file does not have.
   */
  why(what: string): Why;
}

/** `originOf`: whose a line is, where attribution knows. */
export function whyHere(
  { cwd }: Context,
  { db, guarded }: Pick<Connection, 'db' | 'guarded'>,
  originOf: (file: string, line: number) => LineOrigin | undefined,
): WhyHere {
  function line(what: string): Why | undefined {
    const [, name, digits] = /^(.+):(\d+)$/.exec(what) ?? [];
    if (name === undefined) return undefined;
    const file = path.resolve(cwd, name);
    const number = Number(digits);
    const isThere = existsSync(file);
    if (!isThere && !wasChanged(file)) return undefined;
    const lines = isThere ? readFileSync(file, 'utf8').replace(/\n$/, '').split('\n') : [];
    const text = lines[number - 1];
    if (isThere && text === undefined)
      throw new ClewError(
        'BAD_INPUT',
        `${name} has ${lines.length} lines, and no line ${number}`,
        'name a line that is there',
      );
    const target = { kind: 'line', id: what, path: file, line: number, text: text ?? null } as const;
    const origin = isThere ? originOf(file, number) : undefined;
    return reasonsFor(db(), whyLine(db(), target, origin));
  }

  const wasChanged = (file: string): boolean =>
    db().prepare('SELECT 1 FROM change WHERE path = ? LIMIT 1').get(file) !== undefined;

  function commit(what: string): Why | undefined {
    const hash = /^[0-9a-f]{4,40}$/.test(what) ? what : undefined;
    const found = hash === undefined ? undefined : whyCommit(db(), hash);
    if (found) return reasonsFor(db(), found);
    const told = tryGit(['log', '-1', '--format=%H%n%ct%n%s', '--end-of-options', `${what}^{commit}`, '--'], {
      cwd,
    });
    if (told.status !== 0) return undefined;
    const [sha = '', seconds, subject = ''] = told.stdout.toString().split('\n');
    const seen = { sha, at: Number(seconds) * 1000, subject };
    return reasonsFor(db(), whyCommit(db(), sha) ?? whyUnknownCommit(seen));
  }

  function operation(what: string): Why | undefined {
    try {
      return reasonsFor(db(), whyOperation(db(), resolve(db(), what, ['operation']).id));
    } catch (error) {
      if (error instanceof ClewError && error.code === 'NOT_FOUND') return undefined;
      throw error;
    }
  }

  function issue(find: typeof whyIssue, what: string): Why | undefined {
    const found = find(db(), what);
    return found && reasonsFor(db(), found);
  }

  return {
    why: (what) =>
      guarded(() => {
        const found =
          line(what) ??
          issue(whyIssue, what) ??
          operation(what) ??
          commit(what) ??
          issue(whyNamedIssue, what);
        if (found) return found;
        throw new ClewError(
          'NOT_FOUND',
          `nothing is recorded of "${what}"`,
          existsSync(path.resolve(cwd, what))
            ? `name a line of it: ${what}:1`
            : 'name file:line, an operation (`clew log --ids`), a commit or an issue (`clew work list`)',
        );
      }),
  };
}
