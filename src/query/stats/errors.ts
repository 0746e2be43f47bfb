// Errors that come again: grouped by their shape, with the files they were about, and what was done before the same thing
// went well.
import path from 'node:path';
import type { Db } from '../../store/index.ts';
import { iso } from '../rows.ts';
import type { Call } from './calls.ts';
import { shapeOf, tellingLine } from './shape.ts';
import type { ErrorPattern } from './types.ts';

interface Failure {
  readonly call: Call;
  readonly line: string;
  /** Where among all calls it is. */
  readonly index: number;
}

/** How far behind a failure its repair is looked for. */
const mostBetween = 200;

/** `calls`: in order of session and time. Those met most often first. */
export function errorPatterns(db: Db, calls: readonly Call[]): ErrorPattern[] {
  const entry = db.prepare<[string], { text: string }>('SELECT text FROM entry WHERE key = ?');
  const changed = db.prepare<[string], { path: string }>('SELECT path FROM change WHERE operation = ?');
  const texts = new Map<string, string>();
  const targetOf = (call: Call): string => {
    const known = texts.get(call.id) ?? entry.get(call.id)?.text ?? '';
    texts.set(call.id, known);
    return known;
  };
  const failures = calls.flatMap((call, index): Failure[] => {
    if (call.status !== 'failed') return [];
    const text = entry.get(`${call.id}|error`)?.text ?? '';
    return [{ call, index, line: tellingLine(text) || `${call.name} failed` }];
  });

  /** The later call that did the same with success, and what was done in between. */
  function repairOf({ call, index }: Failure): string | undefined {
    const target = targetOf(call);
    const between: Call[] = [];
    for (const next of calls.slice(index + 1, index + mostBetween)) {
      if (next.session !== call.session) return undefined;
      if (next.name === call.name && next.status === 'success' && targetOf(next) === target)
        return wordsOf(between);
      if (next.status === 'success') between.push(next);
    }
    return undefined;
  }

  /** As records tell them, or else what an edit was to be of. */
  function filesChangedBy(one: Call): string[] {
    const told = changed.all(one.id).map((row) => row.path);
    return told.length > 0 || one.type !== 'write' ? told : [targetOf(one).split('\n')[0] ?? ''];
  }

  function wordsOf(between: readonly Call[]): string {
    const files = new Set(between.flatMap((one) => filesChangedBy(one).map((file) => path.basename(file))));
    const [first, second, third] = files;
    if (first !== undefined)
      return `changing ${[first, second].filter(Boolean).join(' and ')}${third === undefined ? '' : ` and ${files.size - 2} more`}`;
    const command = between.findLast((one) => one.type === 'execute');
    if (command) return `\`${targetOf(command).split('\n')[0]?.slice(0, 60) ?? command.name}\``;
    const last = between.at(-1);
    return last ? `a ${last.name} before it` : 'doing it again';
  }

  return [...Map.groupBy(failures, (one) => shapeOf(one.line))]
    .map(([shape, all]) => {
      const repairs = all.flatMap((one) => repairOf(one) ?? []);
      const last = all.reduce((a, b) => (b.call.at >= a.call.at ? b : a));
      return {
        shape,
        example: last.line,
        count: all.length,
        sessions: new Set(all.map((one) => one.call.session)).size,
        tools: frequent(all.map((one) => one.call.name)).map(([name]) => name),
        files: frequent(all.flatMap((one) => filesOf(one, targetOf(one.call))))
          .slice(0, 5)
          .map(([name]) => name),
        lastAt: iso(last.call.at),
        fixed: repairs.length,
        fixedBy: frequent(repairs)
          .slice(0, 3)
          .map(([what, count]) => ({ what, count })),
        operation: last.call.id,
      };
    })
    .toSorted((a, b) => b.count - a.count || (a.shape < b.shape ? -1 : 1));
}

/** The file that an edit was about, or those that the error names. */
function filesOf({ call, line }: Failure, target: string): string[] {
  if (call.type === 'write' || call.type === 'read') return [target.split('\n')[0] ?? ''];
  return [...line.matchAll(/(?:[\w.@~+-]*[\\/])+[\w.@~+-]+\.\w+/g)].map(([name]) => name);
}

function frequent(all: readonly string[]): [string, number][] {
  return [...Map.groupBy(all, (one) => one)]
    .map(([name, same]): [string, number] => [name, same.length])
    .toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
