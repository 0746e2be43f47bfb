// Whose one line of a file is, by attribution: git tells the commit that it came with, and what is known of that commit whose it is.
import path from 'node:path';
import type { AttributionHere } from './attribution-here.ts';
import type { LineOrigin } from './journal/index.ts';
import { tryGit } from './workspace/index.ts';

/** Undefined for a line that is in no commit yet. `line` counts from 1. */
export function lineOrigin(attribution: AttributionHere, file: string, line: number): LineOrigin | undefined {
  const cwd = path.dirname(file);
  const git = (...args: string[]): string => {
    const { status, stdout } = tryGit(args, { cwd });
    return status === 0 ? stdout.toString() : '';
  };
  const told = git('blame', '--porcelain', '-L', `${line},${line}`, '--', path.basename(file));
  const [, commit, number] = /^([0-9a-f]{40,64}) (\d+)/.exec(told) ?? [];
  if (commit === undefined || /^0+$/.test(commit)) return undefined;
  const tell = (what: string): string | undefined => new RegExp(`^${what} (.*)$`, 'm').exec(told)?.[1];
  const name = tell('filename');
  const data = attribution.attributed(git('rev-parse', '--show-toplevel').trim(), [commit]).get(commit);
  const ranges = data?.files.find((one) => one.path === name)?.lines ?? [];
  const [, , who = []] =
    ranges.find(([first, last]) => first <= Number(number) && Number(number) <= last) ?? [];
  const authors = [who].flat().flatMap((one) => data?.authors[one] ?? []);
  const agents = authors.filter((one) => one.by === 'agent');
  return {
    commit: { sha: commit, at: Number(tell('committer-time')) * 1000, subject: tell('summary') ?? null },
    operations: agents.flatMap((one) => one.operation ?? []),
    sessions: agents.flatMap((one) => one.session ?? []),
    mayBeHuman: agents.length < authors.length,
    certain: typeof who === 'number',
  };
}
